package main

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// debianPackage makes a Debian package of a program, where dpkg-deb is installed,
// and returns the name of its file, if there is one.
func (p *program) debianPackage(work string, o options, common files) ([]string, error) {
	dpkg, err := exec.LookPath("dpkg-deb")
	if err != nil {
		fmt.Println("  dpkg-deb is not installed: no .deb")
		return nil, nil
	}
	root := filepath.Join(work, "deb-"+p.arch)
	content, err := p.debianFiles(o.maintainer, common)
	if err != nil {
		return nil, err
	}
	if err := lay(root, content); err != nil {
		return nil, err
	}
	deb := fmt.Sprintf("bbgit_%s_%s.deb", debianVersion(p.info.Version), p.arch)
	cmd := exec.Command(dpkg, "--root-owner-group", "-Zgzip", "--build", root, filepath.Join(o.out, deb))
	cmd.Env = append(os.Environ(), fmt.Sprintf("SOURCE_DATE_EPOCH=%d", p.info.Time.Unix())) // see dpkg-deb(1)
	_, err = run(cmd)
	return []string{deb}, err
}

// debianVersion makes a "0.2.0-rc.1" come before "0.2.0" (deb-version(7)).
func debianVersion(version string) string { return strings.Replace(version, "-", "~", 1) }

// debianFiles are the files of the package, where Debian wants them (Debian Policy;
// each shell's folder is what its Debian package reads).
func (p *program) debianFiles(maintainer string, common files) (files, error) {
	program, err := os.ReadFile(p.path)
	if err != nil {
		return nil, err
	}
	const doc, bash = "usr/share/doc/bbgit/", "usr/share/bash-completion/completions/"
	all := files{
		"usr/bin/bbgit":          program,
		doc + "copyright":        []byte(fmt.Sprintf(debianCopyright, common["LICENSE"])),
		doc + "changelog.gz":     zipped([]byte(debianChangelog(p, maintainer))),
		doc + "NEWS.md.gz":       zipped(common["CHANGELOG.md"]),
		doc + "README.md.gz":     zipped(common["README.md"]),
		doc + "third-party.gz":   zipped(p.licences),
		doc + "sbom.cdx.json.gz": zipped(p.sbom),
		// bash looks for the one file when it completes bbgit, and for the other when
		// git's completion asks for the words behind "bitbucket".
		bash + "bbgit":         common["completions/bbgit.bash"],
		bash + "git-bitbucket": common["completions/bbgit.bash"],
		"usr/share/zsh/vendor-completions/_git-bitbucket": common["completions/_git-bitbucket"],
		"usr/share/fish/vendor_completions.d/bbgit.fish":  common["completions/bbgit.fish"],
		"usr/share/lintian/overrides/bbgit":               []byte(lintianOverrides),
	}
	for name, page := range common {
		if strings.HasPrefix(name, "man/") {
			all["usr/share/man/man1/"+path.Base(name)+".gz"] = zipped(page)
		}
	}
	control, sums := p.debianControl(maintainer, all)
	all["DEBIAN/control"], all["DEBIAN/md5sums"] = []byte(control), []byte(sums)
	return all, nil
}

func (p *program) debianControl(maintainer string, all files) (control, sums string) {
	size := 0
	var list strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		size += (len(all[name]) + 1023) / 1024
		fmt.Fprintf(&list, "%x  %s\n", md5.Sum(all[name]), name)
	}
	return fmt.Sprintf(debianControl, debianVersion(p.info.Version), p.arch, maintainer, size), list.String()
}

const debianControl = `Package: bbgit
Version: %s
Architecture: %s
Maintainer: %s
Installed-Size: %d
Depends: git (>= 1:2.31)
Recommends: gnome-keyring | kwalletmanager | keepassxc
Suggests: bash-completion, git-lfs
Section: vcs
Priority: optional
Description: git that explains what Bitbucket Cloud refuses
 Bitbucket Cloud takes no account or app passwords any more. bbgit is git,
 with one thing added: when Bitbucket refuses a password, it explains why,
 asks for an API token once, checks it, keeps it in the keyring, and carries
 the command through. All else goes to git as it is.
`

const debianCopyright = `bbgit
=====

%s
Others
======

The program contains modules of others. Their licences are in
/usr/share/doc/bbgit/third-party.gz, and a list of them in the form of CycloneDX
in /usr/share/doc/bbgit/sbom.cdx.json.gz.
`

// lintianOverrides name what Debian's checker finds, and why it is so.
const lintianOverrides = `# Go links everything into the program: it runs on every Linux.
bbgit: statically-linked-binary [usr/bin/bbgit]
`

func debianChangelog(p *program, maintainer string) string {
	return fmt.Sprintf("bbgit (%s) unstable; urgency=medium\n\n  * See NEWS.md.gz.\n\n -- %s  %s\n",
		debianVersion(p.info.Version), maintainer, p.info.Time.UTC().Format(time.RFC1123Z))
}

// zipped is what `gzip -9n` makes of a text.
func zipped(text []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is a good one
	_, _ = w.Write(text)                                    // into memory
	_ = w.Close()
	return out.Bytes()
}

// lay writes the files below a folder, with the modes of a package.
func lay(root string, all files) error {
	for name, content := range all {
		at := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(at, content, 0o644); err != nil {
			return err
		}
	}
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() || path == filepath.Join(root, "usr", "bin", "bbgit") {
			return os.Chmod(path, 0o755) // whatever the umask
		}
		return os.Chmod(path, 0o644)
	})
}
