//go:build unix

package handover

import (
	"os"
	"path/filepath"
	"slices"
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

// TestFolders: what is no absolute folder is passed over.
func TestFolders(t *testing.T) {
	t.Parallel()
	for path, want := range map[string][]string{
		"":                         nil,
		":":                        nil,
		".:/usr/bin":               {"/usr/bin"},
		"/a::b:/c/:/d//:/":         {"/a", "/c", "/d", "/"},
		"\"/quoted\":/with blank:": {"/with blank"},
	} {
		if got := slices.Collect(folders(path)); !slices.Equal(got, want) {
			t.Errorf("PATH=%s: %q, want %q", path, got, want)
		}
	}
}

// writeProgram writes a file that could be run, which none of these is.
func writeProgram(t testing.TB, file string, content []byte) {
	t.Helper()
	if err := os.WriteFile(file, content, 0o755); err != nil {
		t.Fatal(err)
	}
}
