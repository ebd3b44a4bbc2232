package passthrough

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// FindGit returns the absolute path of the real git: what BBGIT_GIT names, or
// else the first git in PATH that is not this very program.
//
// exec.LookPath is of no use here: it stops at the first git, which is
// ourselves when bbgit is installed under that name.
func FindGit() (string, error) {
	self := thisProgram()
	if named := os.Getenv("BBGIT_GIT"); named != "" {
		return named, checkNamed(named, self)
	}
	return findInPath(os.Getenv("PATH"), gitNames(), self)
}

// findInPath walks the folders of a PATH. A relative folder, and an empty one,
// which means the current folder, is passed over: a repository could bring a
// git along.
func findInPath(path string, names []string, self os.FileInfo) (string, error) {
	for _, folder := range filepath.SplitList(path) {
		if !filepath.IsAbs(folder) {
			continue
		}
		for _, name := range names {
			file := filepath.Join(folder, name)
			info, err := os.Stat(file)
			if err == nil && runnable(file, info) && !same(info, self) {
				return file, nil
			}
		}
	}
	return "", errors.New(noGit)
}

// checkNamed says what is wrong with the git that BBGIT_GIT names. There is no
// falling back to PATH, as who names one git does not want another.
func checkNamed(named string, self os.FileInfo) error {
	if !filepath.IsAbs(named) {
		return errors.New(namedRelative + named)
	}
	info, err := os.Stat(named)
	switch {
	case err != nil || !runnable(named, info):
		return errors.New(namedMissing + named)
	case same(info, self):
		return errors.New(namedSelf + named)
	}
	return nil
}

// thisProgram returns the identity of the file that we were started from, or
// nil where the system cannot say; then only the level guards against calling
// ourselves. A name would not do: bbgit can be a link, or be called git.
func thisProgram() os.FileInfo {
	file, err := os.Executable()
	if err != nil {
		return nil
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil
	}
	return info
}

func same(info, self os.FileInfo) bool {
	return self != nil && os.SameFile(info, self)
}

// programNames returns the file names of a program on Windows, in the order in
// which Windows itself tries them (PATHEXT).
//
// Only programs count. Windows would take a batch file as well (git.cmd), and
// hand its arguments to cmd.exe, which reads %, & and ^ in them as its own: a
// commit message could start a program. Such a file is a detour to a git.exe,
// which stands further along in PATH; or it is one to us.
func programNames(program, pathext string) []string {
	var names []string
	for extension := range strings.SplitSeq(strings.ToLower(pathext), ";") {
		if slices.Contains(programExtensions, extension) {
			names = append(names, program+extension)
		}
	}
	if names == nil {
		return programNames(program, strings.Join(programExtensions, ";"))
	}
	return names
}

// programExtensions are those that CreateProcess starts by itself.
var programExtensions = []string{".com", ".exe"}
