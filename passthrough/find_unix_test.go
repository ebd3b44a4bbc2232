//go:build unix

package passthrough

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pathOf makes a PATH of folders below root. A folder's name says what is in it.
func pathOf(t *testing.T, root string, folders ...string) string {
	t.Helper()
	for _, folder := range folders {
		folder = filepath.Join(root, folder)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		git := filepath.Join(folder, "git")
		var err error
		switch filepath.Base(folder) {
		case "real", "second":
			writeProgram(t, git, []byte("#!/bin/sh\n"))
		case "not-executable":
			err = os.WriteFile(git, nil, 0o644)
		case "folder":
			err = os.Mkdir(git, 0o755)
		case "dangling":
			err = os.Symlink("nothing", git)
		case "loop":
			err = os.Symlink("git", git)
		case "self":
			err = os.Link(filepath.Join(root, "bbgit"), git)
		case "homebrew": // as /opt/homebrew/bin/git and /usr/local/bin/git are
			cellar := filepath.Join(root, "Cellar", "git", "2.52.0", "bin", "git")
			if err := os.MkdirAll(filepath.Dir(cellar), 0o755); err != nil {
				t.Fatal(err)
			}
			writeProgram(t, cellar, []byte("#!/bin/sh\n"))
			err = os.Symlink("../Cellar/git/2.52.0/bin/git", git)
		case "self-link":
			err = os.Symlink(filepath.Join(root, "bbgit"), git)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, folder := range folders {
		folders[i] = filepath.Join(root, folder)
	}
	return strings.Join(folders, ":")
}

func TestFindInPath(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	bbgit := filepath.Join(root, "bbgit")
	writeProgram(t, bbgit, []byte("#!/bin/sh\n"))
	self, err := os.Stat(bbgit)
	if err != nil {
		t.Fatal(err)
	}
	path := pathOf(t, root, "empty", "not-executable", "folder", "dangling", "loop",
		"self", "self-link", "real", "second")
	if got, err := findInPath(path, gitNames(), self); err != nil || got != filepath.Join(root, "real/git") {
		t.Errorf("found %q, %v", got, err)
	}
	if got, err := findInPath(path, gitNames(), nil); err != nil || got != filepath.Join(root, "self/git") {
		t.Errorf("not knowing ourselves, found %q, %v", got, err)
	}
	// A link stays one: what Homebrew puts behind it changes with each version.
	brew := filepath.Join(root, "brew")
	path = pathOf(t, brew, "homebrew", "second")
	if got, err := findInPath(path, gitNames(), self); err != nil || got != filepath.Join(brew, "homebrew/git") {
		t.Errorf("found %q, %v", got, err)
	}
}

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
		if want := "bbgit: " + noGit + "\n"; got.stderr != want || got.stdout != "" || got.status.ExitStatus() != 127 {
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
	pathOf(t, p.home, "real", "not-executable", "folder")
	if err := os.Symlink(shim(t), filepath.Join(p.home, "link-to-us")); err != nil {
		t.Fatal(err)
	}
	// A name that git would take for the command 2.55.
	versioned := filepath.Join(p.home, "git-2.55")
	if err := os.Symlink(realGit(t), versioned); err != nil {
		t.Fatal(err)
	}
	for named, want := range map[string]string{
		versioned:                      "git version",
		"":                             "git version",
		p.home + "/not-executable/git": "bbgit: " + namedMissing + p.home + "/not-executable/git\n",
		p.home + "/folder/git":         "bbgit: " + namedMissing + p.home + "/folder/git\n",
		p.home + "/none":               "bbgit: " + namedMissing + p.home + "/none\n",
		p.home + "/link-to-us":         "bbgit: " + namedSelf + p.home + "/link-to-us\n",
		"real/git":                     "bbgit: " + namedRelative + "real/git\n",
		"git":                          "bbgit: " + namedRelative + "git\n",
	} {
		got := p.run(t, p.env("BBGIT_GIT="+named), shim(t), "version")
		wrong := want != "git version"
		if !strings.HasPrefix(got.stdout+got.stderr, want) || wrong != (got.status.ExitStatus() == 127) {
			t.Errorf("BBGIT_GIT=%s: %+v, want %q", named, got, want)
		}
	}
}
