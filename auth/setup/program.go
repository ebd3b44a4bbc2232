package setup

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"bbgit/auth/pattern"
)

// Program is how git is to find bbgit.
type Program struct {
	Path      string // absolute
	Versioned bool   // an upgrade of bbgit will leave this path
	Temporary bool   // it will be gone in a moment, such as that of "go run"
}

// FindProgram chooses among the paths of this program the one that stays where it
// is: a package manager puts each version into a folder of its own, and a link to
// it where PATH leads. called is how it was called (os.Args[0]), and executable
// where the system says that it is, which is behind all links on some.
func FindProgram(called, executable, path string) Program {
	return findProgram(called, executable, path, os.TempDir())
}

func findProgram(called, executable, path, temporary string) Program {
	self, err := os.Stat(executable)
	if err != nil {
		return Program{Path: executable, Temporary: true}
	}
	var found []Program
	for _, candidate := range candidates(called, executable, path) {
		if info, err := os.Stat(candidate); err == nil && os.SameFile(info, self) {
			found = append(found, judged(candidate, temporary))
		}
	}
	for _, good := range []func(Program) bool{
		func(p Program) bool { return !p.Versioned && !p.Temporary },
		func(p Program) bool { return !p.Temporary },
	} {
		if i := slices.IndexFunc(found, good); i >= 0 {
			return found[i]
		}
	}
	return judged(executable, temporary)
}

// candidates are the paths that may lead to this program, best first.
func candidates(called, executable, path string) (list []string) {
	names := []string{"bbgit", filepath.Base(called)}
	if runtime.GOOS == "windows" {
		names = []string{"bbgit.exe", strings.TrimSuffix(filepath.Base(called), ".exe") + ".exe"}
	}
	for _, name := range names {
		for _, folder := range filepath.SplitList(path) {
			if filepath.IsAbs(folder) {
				list = append(list, filepath.Join(folder, name))
			}
		}
	}
	if strings.ContainsRune(filepath.ToSlash(called), '/') {
		if absolute, err := filepath.Abs(called); err == nil {
			list = append(list, absolute)
		}
	}
	return append(list, current(executable), executable)
}

// current is scoop's own name for the version in use
// (https://github.com/ScoopInstaller/Scoop/wiki/The-%27Current%27-Version-Alias).
func current(file string) string {
	return scoopVersion.ReplaceAllString(file, "${1}current${2}")
}

var scoopVersion = pattern.New(`(?i)([/\\]apps[/\\][^/\\]+[/\\])[^/\\]+([/\\])`)

// versioned are folders that hold one version of a program each: Homebrew's,
// those of Nix and Guix, Stow's and everybody's whose name has a number such as
// 1.2, and snap's, which are numbered.
var versioned = pattern.New(`(?i)[/\\](?:cellar|nix[/\\]store|gnu[/\\]store)[/\\]|[/\\][^/\\]*\d+\.\d+[^/\\]*[/\\]|[/\\]snap[/\\][^/\\]+[/\\]\d+[/\\]`)

// judged knows the folder for temporary files, and that of "go run", which
// GOTMPDIR may have put elsewhere.
func judged(file, temporary string) Program {
	real, err := filepath.EvalSymlinks(temporary)
	gone := strings.Contains(filepath.ToSlash(file), "/go-build") || isBelow(temporary, file) || err == nil && isBelow(real, file)
	return Program{Path: file, Versioned: versioned.MatchString(file), Temporary: gone}
}

func isBelow(folder, file string) bool {
	rest, err := filepath.Rel(folder, file)
	return err == nil && rest != ".." && !strings.HasPrefix(rest, ".."+string(filepath.Separator))
}

// isAt tells whether a path leads to this program, and is none to be replaced.
func (p Program) isAt(path string) bool {
	there, err := os.Stat(path)
	here, hereErr := os.Stat(p.Path)
	other := judged(path, os.TempDir())
	return err == nil && hereErr == nil && os.SameFile(here, there) && !other.Versioned && !other.Temporary
}
