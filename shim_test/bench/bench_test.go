//go:build unix

package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"bbgit/shim_test/cloud"
	"bbgit/shim_test/need"
	"bbgit/shim_test/stage"
)

// What can be held without a clock: with a token in the keyring a server sees the same as from git with the right
// credential, and bbgit stays small.
func TestWithStoredToken(t *testing.T) {
	t.Parallel()
	need.Programs(t, need.Keyring...)
	dir := t.TempDir()
	bbgit, err := stage.Build(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newScene(dir, bbgit, "", false)
	defer func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("requests", s.testRequests)
	t.Run("memory", s.testMemory)
}

func (s *scene) testRequests(t *testing.T) {
	for _, line := range [][]string{
		{"fetch", "--quiet"},
		{"ls-remote", "--quiet", "origin"},
		{"push", "--quiet", "origin", "HEAD:refs/heads/same"},
		{"clone", "--quiet", cloud.URL(small), "again"},
	} {
		theirs := s.requestsIn(t, s.plain, line)
		ours := s.requestsIn(t, s.shim, line)
		if len(theirs) == 0 || !slices.Equal(ours, theirs) {
			t.Errorf("git %s asked\n%s\nand with bbgit\n%s", line[0], strings.Join(theirs, "\n"), strings.Join(ours, "\n"))
		}
	}
}

// requestsIn undoes what the command did: the next one is to find the same.
func (s *scene) requestsIn(t *testing.T, how func(string, ...string) *exec.Cmd, line []string) []string {
	t.Helper()
	requests, err := s.requestsOf(how("thesis", line...))
	if err != nil {
		t.Fatal(err)
	}
	if line[0] == "push" {
		if err := done(s.plain("thesis", "push", "--quiet", "origin", ":refs/heads/same")); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(s.world.Home + "/thesis/again"); err != nil {
		t.Fatal(err)
	}
	return requests
}

func (s *scene) testMemory(t *testing.T) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("needs /proc")
	}
	for _, h := range s.holders() {
		peak, err := h.peak(3)
		if err != nil {
			t.Fatal(err)
		}
		if peak == 0 || peak > h.bound {
			t.Errorf("%s holds %d KiB, want at most %d", h.name, peak, h.bound)
		}
	}
}
