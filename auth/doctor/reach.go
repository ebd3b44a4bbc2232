package doctor

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"bbgit/auth/pattern"
	"bbgit/auth/realgit"
)

// Reach is how a person gets to bbgit by typing git.
type Reach struct {
	Shell   string  // the name of the shell that the person logs in to: "bash"
	Aliases []Alias // that make git mean bbgit
	InPath  string  // the git that is first in PATH, where that is bbgit
	New     NewAlias
}

// NewAlias is what would make git mean bbgit in the shell in use. The zero value:
// it is not known which shell that is.
type NewAlias struct {
	Shell string
	File  string   // as the person writes it: "~/.bashrc", "$PROFILE"
	Lines []string // that go to its end
}

// An Alias in a start file of a shell.
type Alias struct {
	Shell string
	File  string
}

// startFiles are the files that a shell reads at its start, from the home folder
// on (bash(1), zsh(1), fish(1), about_Profiles of PowerShell, Nushell's book).
var startFiles = []struct {
	shell string
	files []string
}{
	{"bash", []string{".bashrc", ".bash_aliases", ".bash_profile", ".bash_login", ".profile"}},
	{"zsh", []string{".zshrc", ".zprofile", ".zshenv", ".zlogin"}},
	{"fish", []string{".config/fish/config.fish", ".config/fish/functions/git.fish", ".config/fish/conf.d/*.fish"}},
	{"powershell", []string{
		".config/powershell/Microsoft.PowerShell_profile.ps1", ".config/powershell/profile.ps1",
		"Documents/PowerShell/Microsoft.PowerShell_profile.ps1", "Documents/PowerShell/profile.ps1",
		"Documents/WindowsPowerShell/Microsoft.PowerShell_profile.ps1", "Documents/WindowsPowerShell/profile.ps1",
	}},
	{"nushell", []string{".config/nushell/config.nu"}},
	{"sh", []string{".profile"}},
}

// anAlias matches a line that makes git mean bbgit, in any of these shells:
// alias git=bbgit, alias git '/path/bbgit', Set-Alias git bbgit, function git.
var anAlias = pattern.New(`(?i)^\s*(?:(?:set-alias|alias)\s+(?:--save\s+|-s\s+|-Name\s+)?git\b|bbgit\b.*\$argv).*`)

func isAlias(line string) bool {
	return anAlias.MatchString(line) && strings.Contains(line, "bbgit")
}

// FindReach is how a person gets to this program.
func FindReach(program string) Reach {
	home, _ := os.UserHomeDir()
	return examineReach(home, program, os.Getenv)
}

// configFolder is where XDG_CONFIG_HOME leads when it is not set.
const configFolder = ".config/"

// examineReach reads the start files. zsh looks for its own in ZDOTDIR.
func examineReach(home, program string, look func(string) string) Reach {
	r := Reach{Shell: strings.TrimSuffix(filepath.Base(filepath.ToSlash(look("SHELL"))), ".exe")}
	if look("SHELL") == "" {
		r.Shell = map[bool]string{true: "powershell", false: "sh"}[runtime.GOOS == "windows"]
	}
	for _, s := range startFiles {
		for _, name := range s.files {
			base := home
			if dir := look("ZDOTDIR"); s.shell == "zsh" && dir != "" {
				base = dir
			} else if dir := look("XDG_CONFIG_HOME"); strings.HasPrefix(name, configFolder) && dir != "" {
				base, name = dir, strings.TrimPrefix(name, configFolder)
			}
			matches, _ := filepath.Glob(filepath.Join(escaped(base), filepath.FromSlash(name)))
			for _, file := range matches {
				if hasAlias(file) {
					r.Aliases = append(r.Aliases, Alias{s.shell, file})
				}
			}
		}
	}
	if git, err := exec.LookPath("git"); err == nil && sameFiles(git, program) {
		r.InPath = git
	}
	return r
}

func hasAlias(file string) bool {
	text, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(text)) {
		if isAlias(line) {
			return true
		}
	}
	return false
}

func sameFiles(a, b string) bool {
	one, err1 := os.Stat(a)
	other, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(one, other)
}

func judgeReach(f Facts) []Finding {
	r := f.Reach
	if r.InPath != "" {
		return []Finding{find(checkReach, OK, r.InPath, "The git in PATH is bbgit (%s): editors and scripts reach it, too.", shown(r.InPath))}
	}
	all := []Finding{f.judgeTyped()}
	if _, served := f.withoutUs(); !served && !f.asksUs() {
		all = append(all, find(checkReach, Note, "", "RStudio, VS Code and scripts call git without bbgit, and get no token from it. To change that:").
			with(setUp))
	}
	return all
}

const checkReach = "reach"

// setUp is the command that lets git itself ask bbgit.
const setUp = "bbgit bitbucket setup"

// judgeTyped is about the git that the person types.
func (f Facts) judgeTyped() Finding {
	r := f.Reach
	var files []string
	own := false
	for _, a := range r.Aliases {
		files = append(files, shown(a.File)+" ("+a.Shell+")")
		own = own || a.Shell == cmp.Or(r.New.Shell, r.Shell)
	}
	switch {
	case own:
		return find(checkReach, OK, "", "The git that you type is bbgit, by the alias in %s.", list(files))
	case len(files) > 0:
		return r.lacking("The git that you type is not bbgit: the alias for that is in %s, where your shell, %s, does not look.", list(files), cmp.Or(r.New.Shell, r.Shell))
	case f.asksUs():
		return find(checkReach, Note, "", "The git that you type is not bbgit, but asks it for the token: no alias is needed for that.")
	}
	return r.lacking("The git that you type is not bbgit: the alias for that is missing.")
}

// asksUs tells that git itself asks bbgit, whoever calls it ("bbgit bitbucket setup").
func (f Facts) asksUs() bool {
	return slices.ContainsFunc(f.Helpers, func(h Helper) bool { return h.Ours && h.Clone == "" })
}

// lacking says what to do about an alias that is missing. Of the shells that are
// told here where it goes, the fix adds the lines.
func (r Reach) lacking(format string, args ...any) Finding {
	found := find(checkReach, Attention, "", format, args...)
	if r.New.Shell == "" {
		return found.with("bbgit bitbucket alias --help")
	}
	file := realgit.AtHome(r.New.File)
	if !filepath.IsAbs(file) {
		return found.with("bbgit bitbucket alias " + r.New.Shell)
	}
	found.Where = file
	return found.with("bbgit bitbucket alias " + r.New.Shell + " >>" + word(file)).mendedBy(&Fix{
		What: "make git mean bbgit in every new " + r.New.Shell + ", with " + counted(len(r.New.Lines), "line") + " at the end of " + shown(file),
		File: file, id: file, edit: withLine(strings.Join(r.New.Lines, "\n")),
	})
}
