package auth

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bbgit/auth/credential"
	"bbgit/auth/envconfig"
	"bbgit/shim_test/cloud"
)

// Not parallel: the notes of all runs stand in one file.
func TestNotesOfALentRun(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	one, two := lentRun("ONE"), lentRun("TWO")
	one.note(notedErased)
	one.note(notedDeclined)
	one.note(notedDeclined)
	if !one.has(notedErased) || !one.has(notedDeclined) || one.has(notedTold) || len(one.notes()) != 2 {
		t.Errorf("noted %q", one.notes())
	}
	one.forget(notedErased)
	if one.has(notedErased) || !one.has(notedDeclined) {
		t.Errorf("after forgetting: %q", one.notes())
	}
	if two.has(notedDeclined) {
		t.Error("a run knows what another one noted")
	}
	two.note(notedTold)
	if one.has(notedDeclined) || !two.has(notedTold) {
		t.Error("the latest run is not the one that is remembered")
	}
	lentRun("").note(notedDeclined)
	if lentRun("").has(notedDeclined) || !two.has(notedTold) {
		t.Error("no run has notes")
	}
}

func TestLend(t *testing.T) {
	t.Setenv(envconfig.LentVariable, "")
	c := Companion{Tools{Program: "/bin/bbgit"}}
	env := strings.Join(c.Lend([]string{"A=b"}), "\n")
	if !strings.Contains(env, "A=b\n") || !strings.Contains(env, "!'/bin/bbgit' bitbucket helper") || !strings.Contains(env, "\n"+envconfig.LentVariable+"=") {
		t.Errorf("lends %s", env)
	}
	t.Setenv(envconfig.LentVariable, "OUTER")
	if env := strings.Join(c.Lend(nil), "\n"); strings.Contains(env, envconfig.LentVariable) {
		t.Error("a run inside another one has a name of its own")
	}
}

// git-lfs asks on as long as answers are refused: whatever there is, it must be
// given no refused one again.
func TestGetWarily(t *testing.T) {
	t.Parallel()
	s := newScene(t, "[credential]\n\thelper = store\n")
	revoked, good := s.token("revoked", cloud.Revoked), s.token("good", cloud.Good)
	keep := func(line string) {
		if err := os.WriteFile(filepath.Join(s.home, ".git-credentials"), []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	question, err := credential.Parse([]byte("protocol=https\nhost=bitbucket.org\npath=you/thesis.git\n"))
	if err != nil {
		t.Fatal(err)
	}
	keep("https://you:" + revoked.Reveal() + "@bitbucket.org\n")
	for range 3 {
		if answer := s.getWarily(t.Context(), question); answer.Get("quit") == "" {
			t.Fatal("git-lfs is given a refused credential again")
		}
	}
	keep("https://you:" + good.Reveal() + "@bitbucket.org\n")
	if answer := s.getWarily(t.Context(), question); answer.Get("quit") == "" {
		t.Error("git-lfs is given again what Bitbucket takes and its LFS does not")
	}
}
