//go:build unix

package passthrough

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNeverGitOfTheCurrentFolder runs where a git lies about, as it may in a
// repository that somebody else has made.
func TestNeverGitOfTheCurrentFolder(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, folder := range []string{"", "sub"} {
		os.MkdirAll(filepath.Join(p.home, folder), 0o755)
		writeProgram(t, filepath.Join(p.home, folder, "git"), []byte("#!/bin/sh\necho trap\n"))
	}
	for _, path := range []string{"", ".", ":", "./", "sub", "./sub:", "sub/../sub"} {
		got := p.run(t, []string{"PATH=" + path}, shim(t), "version")
		if want := "bbgit: no git in PATH; install git, or set BBGIT_GIT to its absolute path\n"; got.stderr != want || got.stdout != "" || got.status.ExitStatus() != 127 {
			t.Errorf("PATH=%s: %+v", path, got)
		}
	}
	got := p.run(t, []string{"PATH=:.:sub:" + filepath.Dir(realGit(t))}, shim(t), "version")
	if !strings.HasPrefix(got.stdout, "git version") {
		t.Errorf("with a real git behind them: %+v", got)
	}
}

func TestNamedGit(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, folder := range []string{"not-executable", "folder/git"} {
		if err := os.MkdirAll(filepath.Join(p.home, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(p.home, "not-executable/git"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(shim(t), filepath.Join(p.home, "link-to-us")); err != nil {
		t.Fatal(err)
	}
	// A name that git would take for the command 2.55.
	versioned := filepath.Join(p.home, "git-2.55")
	if err := os.Symlink(realGit(t), versioned); err != nil {
		t.Fatal(err)
	}
	const cannotBeRun = "bbgit: BBGIT_GIT names a file that cannot be run: "
	const relative = "bbgit: BBGIT_GIT must be an absolute path, and is "
	for named, want := range map[string]string{
		versioned:                      "git version",
		"":                             "git version",
		p.home + "/not-executable/git": cannotBeRun + p.home + "/not-executable/git\n",
		p.home + "/folder/git":         cannotBeRun + p.home + "/folder/git\n",
		p.home + "/none":               cannotBeRun + p.home + "/none\n",
		p.home + "/link-to-us":         "bbgit: BBGIT_GIT must name the real git, and names bbgit: " + p.home + "/link-to-us\n",
		"real/git":                     relative + "real/git\n",
		"git":                          relative + "git\n",
	} {
		got := p.run(t, p.env("BBGIT_GIT="+named), shim(t), "version")
		wrong := want != "git version"
		if !strings.HasPrefix(got.stdout+got.stderr, want) || wrong != (got.status.ExitStatus() == 127) {
			t.Errorf("BBGIT_GIT=%s: %+v, want %q", named, got, want)
		}
	}
}
