package handover

import (
	"errors"
	"os"
)

// FindGit returns the absolute path of the real git: what BBGIT_GIT names, or
// else the first git in PATH that is not this very program.
//
// exec.LookPath is of no use here: it stops at the first git, which is
// ourselves when bbgit is installed under that name.
func FindGit() (string, error) {
	program, _ := os.Executable()
	return findGit(program)
}

// findGit is FindGit for who knows the path of this program, or "" where the
// system does not tell.
func findGit(program string) (string, error) {
	self := identity(program)
	if named := os.Getenv("BBGIT_GIT"); named != "" {
		return named, checkNamed(named, self)
	}
	return findInPath(os.Getenv("PATH"), gitNames(), self)
}

// findInPath walks the folders of a PATH. A relative folder, and an empty one,
// which means the current folder, is passed over: a repository could bring a
// git along.
func findInPath(path string, names []string, self os.FileInfo) (string, error) {
	for folder := range folders(path) {
		for _, name := range names {
			file := folder + string(os.PathSeparator) + name
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
	if !isAbsolute(named) {
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

// identity returns that of the file that we were started from, or nil where the
// system cannot say; then only the level guards against calling ourselves. A name
// would not do: bbgit can be a link, or be called git.
func identity(program string) os.FileInfo {
	info, err := os.Stat(program)
	if err != nil {
		return nil
	}
	return info
}

func same(info, self os.FileInfo) bool {
	return self != nil && os.SameFile(info, self)
}
