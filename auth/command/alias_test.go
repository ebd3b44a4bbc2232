package command

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bbgit/auth"
	"bbgit/auth/doctor"
	"bbgit/auth/realgit"
)

// Where PATH does not lead to bbgit, the lines see to that, whatever the folder is called.
func TestAliasOfAProgramThatIsNotInPath(t *testing.T) {
	t.Parallel()
	folder := "/opt/it's mine"
	for shell, want := range map[string]string{
		"bash":       `export PATH=$PATH:'FOLDER'`,
		"zsh":        `export PATH=$PATH:'FOLDER'`,
		"fish":       `fish_add_path --append 'FOLDER'`,
		"powershell": `$env:PATH += [IO.Path]::PathSeparator + 'FOLDER'`,
		"cmd":        `set "PATH=%PATH%;FOLDER"`,
		"nushell":    `$env.PATH = ($env.PATH | append r#'FOLDER'#)`,
	} {
		quoted := map[string]string{"powershell": "it''s mine", "cmd": "it's mine", "nushell": "it's mine"}[shell]
		if quoted == "" {
			quoted = `it'\''s mine`
		}
		want = strings.Replace(want, "FOLDER", filepath.Join(filepath.Dir(folder), quoted), 1)
		s, ok := shellNamed(shell)
		if got := s.path(folder); !ok || got != want {
			t.Errorf("%s: %s\nand not %s", shell, got, want)
		}
	}
}

// A file that is known has to have the alias; "$PROFILE" is known to the shell alone.
func TestAliasThatIsThere(t *testing.T) {
	t.Parallel()
	bash, _ := shellNamed("bash")
	reach := doctor.Reach{Aliases: []doctor.Alias{
		{Shell: "bash", File: realgit.AtHome(bash.file())},
		{Shell: "zsh", File: realgit.AtHome("~/.zshenv")},
		{Shell: "powershell", File: realgit.AtHome("~/profile.ps1")},
	}}
	for name, want := range map[string]bool{"bash": true, "zsh": false, "fish": false, "powershell": true, "nushell": false} {
		if s, _ := shellNamed(name); s.isDone(reach) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

func TestShellOfProgram(t *testing.T) {
	t.Parallel()
	for program, want := range map[string]string{
		"bash\n": "bash", "-zsh": "zsh", "/usr/local/bin/fish": "fish", "pwsh.exe": "powershell",
		"PowerShell.EXE": "powershell", "cmd.exe": "cmd", "nu": "nushell", "sh": "", "": "", "tmux: server": "",
	} {
		if got, _ := shellOfProgram(program); got.name != want {
			t.Errorf("%q: %q", program, got.name)
		}
	}
}

func TestAlias(t *testing.T) {
	t.Parallel()
	for _, s := range aliasShells {
		for _, columns := range []int{80, 40} {
			out, err := runOn(t, columns, &program{vault: newVault(t)}, "alias", s.name)
			if err != nil || !strings.Contains(out, s.lines("bbgit")[0]+"\n") {
				t.Errorf("%s: %v\n%s", s.name, err, out)
			}
			for line := range strings.SplitSeq(out, "\n") {
				prose := !strings.HasPrefix(line, "  ") && !slices.Contains(s.lines("bbgit"), line) // lines to copy stay whole
				if prose && len([]rune(line)) > columns {
					t.Errorf("%s at %d columns: %q", s.name, columns, line)
				}
			}
		}
	}
	if _, err := runOn(t, 80, &program{vault: newVault(t)}, "alias", "tcsh"); err == nil || !strings.Contains(err.Error(), "bash, zsh, fish") {
		t.Error(err)
	}
}

func TestVersionWithoutGit(t *testing.T) {
	t.Parallel()
	tools := auth.Tools{Program: "/opt/bbgit", Git: func() (string, error) { return "", errors.New("no git in PATH") }}
	out, err := runOn(t, 80, &program{tools: tools, vault: newVault(t)}, "version", "--json")
	if err != errQuiet || !strings.Contains(out, `"error": "no git in PATH"`) {
		t.Errorf("%v\n%s", err, out)
	}
}
