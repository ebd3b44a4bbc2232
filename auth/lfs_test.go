package auth

import (
	"strings"
	"testing"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
)

func TestSetsAccess(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{
		"lfs.https://bitbucket.org/you/photos.git/info/lfs.access": true,
		"lfs.https://bitbucket.org.access":                         true,
		"lfs.access":                                               true,
		"lfs.https://example.com/you/photos.git/info/lfs.access":   false,
		"lfs.https://bitbucket.org/you/photos.git.locksverify":     false,
		"lfs.repositoryformatversion":                              false,
		"remote.origin.url":                                        false,
	} {
		if setsAccess(realgit.Entry{Key: key}) != want {
			t.Errorf("%s: %v", key, !want)
		}
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	f := lfsFailure{
		place:      commandOf("-C x clone url").inside("photos", "config"),
		repository: bitbucket.Repository{Workspace: "you", Name: "photos"},
	}
	r := &Run{}
	if got := r.shownLine(f.signIn()); got != "git -C x -C photos config lfs.https://bitbucket.org/you/photos.git/info/lfs.access basic" {
		t.Errorf("types %q", got)
	}
}

// What is typed may hold a secret, what is shown may not.
func TestShownLine(t *testing.T) {
	t.Parallel()
	const line = "-C x -c http.extraHeader=secret -c core.pager=cat fetch https://you:secret@bitbucket.org/you/thesis.git a=b"
	want := "git -C x -c 'http.extraHeader=…' -c core.pager=cat fetch 'https://you:****@bitbucket.org/you/thesis.git' a=b"
	if got := (&Run{}).shownLine(commandOf(line)); got != want {
		t.Errorf("shows %q", got)
	}
	for _, line := range []string{
		"clone --config http.extraHeader=secret URL", "clone --config=http.extraHeader=secret URL",
		"-c remote.origin.url=https://you:secret@bitbucket.org/you/thesis.git fetch",
		"fetch https://ATATT3xFfGF0abcdefghijklmnopqrsecret=1A2B3C4D@bitbucket.org/you/thesis.git",
		"fetch https://you:secret@example.com/you/thesis.git",
	} {
		if got := (&Run{}).shownLine(commandOf(line)); strings.Contains(got, "secret") {
			t.Errorf("shows %q", got)
		}
	}
}
