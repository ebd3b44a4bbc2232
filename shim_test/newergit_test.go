//go:build unix

package shim_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// newerGitVariable names a git that asks again for a credential that was refused, in the same run: 2.46 or later. The
// stories about that begin with
//
//	[!newer-git] skip 'needs git 2.46, or BBGIT_TEST_NEWER_GIT'
//
// and find it as $NEWERGIT. All stories are played with a newer git where it comes first in PATH. Then a few count other
// requests than with an older one, under the condition [comes-back].
const newerGitVariable = "BBGIT_TEST_NEWER_GIT"

// newerGit is what the variable names, or else the git of this machine, where that is new enough. A named one that is
// not is a mistake, and no reason to skip anything.
func newerGit() (path string, err error) {
	if path = os.Getenv(newerGitVariable); path != "" {
		if !asksAgain(path) {
			return "", fmt.Errorf("%s=%s is no git 2.46 or later", newerGitVariable, path)
		}
		return path, nil
	}
	if path, err = exec.LookPath("git"); err != nil || !asksAgain(path) {
		return "", nil
	}
	return path, nil
}

func asksAgain(git string) bool {
	out, err := exec.Command(git, "version").Output()
	var major, minor int
	if _, scanned := fmt.Sscanf(strings.TrimSpace(string(out)), "git version %d.%d", &major, &minor); err != nil || scanned != nil {
		return false
	}
	return major > 2 || major == 2 && minor >= 46
}

// condition is what a story can ask about this machine.
func condition(name string) (bool, error) {
	switch name {
	case "newer-git":
		git, err := newerGit()
		return git != "", err
	case "comes-back":
		git, err := exec.LookPath("git")
		return err == nil && asksAgain(git), err
	}
	return false, fmt.Errorf("unknown condition")
}
