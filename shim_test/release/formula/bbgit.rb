class Bbgit < Formula
  desc "Git that explains what Bitbucket Cloud refuses, and asks for a token"
  homepage "{{base}}"
  version "{{version}}"
  license "MIT"

  on_macos do
    on_arm do
      url "{{url "darwin" "arm64"}}"
      sha256 "{{sha256 "darwin" "arm64"}}"
    end
    on_intel do
      url "{{url "darwin" "amd64"}}"
      sha256 "{{sha256 "darwin" "amd64"}}"
    end
  end

  on_linux do
    on_arm do
      url "{{url "linux" "arm64"}}"
      sha256 "{{sha256 "linux" "arm64"}}"
    end
    on_intel do
      url "{{url "linux" "amd64"}}"
      sha256 "{{sha256 "linux" "amd64"}}"
    end
  end

  def install
    bin.install "bbgit"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/bbgit.bash" => "bbgit"
    bash_completion.install_symlink bash_completion/"bbgit" => "git-bitbucket"
    zsh_completion.install "completions/_git-bitbucket"
    fish_completion.install "completions/bbgit.fish"
    doc.install "THIRD-PARTY.txt", "sbom.cdx.json"
  end

  def caveats
    <<~EOS
      To have git mean bbgit, put this into ~/.zshrc or ~/.bashrc, and open a new
      terminal:
        alias git=bbgit
    EOS
  end

  test do
    assert_match "git version", shell_output("#{bin}/bbgit --version")
    assert_match "bbgit bitbucket", shell_output("#{bin}/bbgit bitbucket --help")
  end
end
