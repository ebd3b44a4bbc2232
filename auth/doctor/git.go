package doctor

import (
	"context"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"bbgit/auth/pattern"
	"bbgit/auth/terminal"
)

// Git is the real git.
type Git struct {
	Path    string
	Version string // "2.39.5"; "" where it does not tell
	Missing string // why there is none
}

// The first git with GIT_CONFIG_COUNT (git's release notes for 2.31, March 2021).
const oldestMajor, oldestMinor = 2, 31

const versionTime = 10 * time.Second

var gitVersion = pattern.New(`([0-9]+)\.([0-9]+)[0-9.]*`)

func examineGit(ctx context.Context, find func() (string, error)) Git {
	path, err := find()
	if err != nil {
		return Git{Missing: terminal.Plain(err.Error())}
	}
	ctx, cancel := context.WithTimeout(ctx, versionTime)
	defer cancel()
	said, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		return Git{Path: path, Missing: "it does not run: " + terminal.Plain(err.Error())}
	}
	return Git{Path: path, Version: strings.TrimRight(gitVersion.FindString(string(said)), ".")}
}

func judgeGit(f Facts) []Finding {
	const check = "git"
	g := f.Git
	switch {
	case g.Path == "":
		return []Finding{find(check, Attention, "", "There is no git: %s.", g.Missing)}
	case g.Missing != "":
		return []Finding{find(check, Attention, g.Path, "The git at %s is of no use: %s.", g.Path, g.Missing)}
	case !g.newEnough():
		return []Finding{find(check, Attention, g.Path, "The git at %s is %s. bbgit needs 2.31 (2021) or later: please update git.", g.Path, g.Version)}
	}
	return []Finding{find(check, OK, g.Path, "git %s, at %s.", g.Version, g.Path)}
}

// newEnough holds for a version that cannot be read as well: nothing speaks
// against it.
func (g Git) newEnough() bool {
	parts := gitVersion.FindStringSubmatch(g.Version)
	if parts == nil {
		return true
	}
	major, _ := strconv.Atoi(parts[1])
	minor, _ := strconv.Atoi(parts[2])
	return major > oldestMajor || major == oldestMajor && minor >= oldestMinor
}
