package auth

import (
	"os"
	"strconv"
	"strings"
)

// process is what is to be known of one.
type process struct {
	name    string // of its program, without a folder
	parent  int
	started string // when, in whatever form, so that a number is not mistaken for that of another
}

// mostAncestors bounds the way up: a number of a process that has ended may be
// given to another, and lead round in a circle.
const mostAncestors = 64

// outermostGit names the git command that this helper works for, "" where there is
// none. Between the two there may be a remote helper, sh, git-lfs, an alias or a
// hook, and another git. Programs that only begin with its name, such as a window
// for git, run for days and count as none.
func outermostGit() (name string) {
	pid := os.Getppid()
	for range mostAncestors {
		p, ok := lookAt(pid)
		if !ok || pid <= 1 {
			break
		}
		switch strings.TrimSuffix(strings.ToLower(p.name), ".exe") {
		case "git", "git-lfs":
			name = strings.Join(strings.Fields("git-"+strconv.Itoa(pid)+"-"+p.started), "")
		}
		pid = p.parent
	}
	return name
}
