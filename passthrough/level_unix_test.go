//go:build unix

package passthrough

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTwoCopiesDoNotCallEachOtherForEver(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	other := filepath.Join(p.home, "other")
	if err := os.Mkdir(other, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, r := range routes(t) {
		for _, folder := range []string{p.bin, other} {
			copyProgram(t, r.program, filepath.Join(folder, "git-"+filepath.Base(r.program)))
		}
	}
	for _, r := range routes(t) {
		for _, folder := range []string{p.bin, other} {
			copyOf := filepath.Join(folder, "git-"+filepath.Base(r.program))
			os.Remove(filepath.Join(folder, "git"))
			if err := os.Link(copyOf, filepath.Join(folder, "git")); err != nil {
				t.Fatal(err)
			}
		}
		env := p.env("PATH=" + p.bin + ":" + other)
		stopped(t, r.name, p.run(t, env[1:], filepath.Join(p.bin, "git"), r.word))
	}
}

func TestScriptThatCallsUsDoesNotGoOnForEver(t *testing.T) {
	t.Parallel()
	for _, r := range routes(t) {
		for _, how := range []string{"", "exec "} {
			p := newPlace(t)
			script := p.standIn(t, how+"'"+r.program+"' \"$@\"")
			stopped(t, r.name, p.run(t, p.env(), r.program, r.word))
			stopped(t, r.name, p.run(t, p.env(), script, r.word))
		}
	}
}

func stopped(t *testing.T, name string, got result) {
	t.Helper()
	said := strings.HasPrefix(got.stderr, "bbgit: bbgit and another program call each other for ever; stopped at\n") &&
		strings.Count(got.stderr, "bbgit: ") == 3 && strings.Contains(got.stderr, "BBGIT_GIT")
	if got.status.ExitStatus() != 127 || got.stdout != "" || !said {
		t.Errorf("%s: %+v", name, got)
	}
}

// TestNesting runs bbgit inside bbgit in the ways in which people do.
func TestNesting(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	bbgit := shim(t)
	env := p.env("BBGIT=" + bbgit)
	hook := "#!/bin/sh\n\"$BBGIT\" rev-parse --git-dir >>\"$HOME/hooks\"\n"
	must := func(args ...string) string {
		t.Helper()
		got := p.run(t, env, bbgit, args...)
		if got.status != 0 {
			t.Fatalf("%q: %+v", args, got)
		}
		return got.stdout
	}
	must("init", "--quiet", "repo")
	if err := os.MkdirAll(filepath.Join(p.home, "repo/.git/hooks"), 0o755); err != nil {
		t.Fatal(err)
	}
	writeProgram(t, filepath.Join(p.home, "repo/.git/hooks/pre-commit"), []byte(hook))
	must("-C", "repo", "commit", "--quiet", "--allow-empty", "-m", "one")
	must("-C", "repo", "commit", "--quiet", "--allow-empty", "-m", "two")
	if got := lines(t, filepath.Join(p.home, "hooks")); len(got) != 2 {
		t.Errorf("the hook said %q", got)
	}
	must("-C", "repo", "rebase", "--quiet", "--exec", `"$BBGIT" log --oneline >>"$HOME/rebase"`, "--root")
	if got := lines(t, filepath.Join(p.home, "rebase")); len(got) != 3 {
		t.Errorf("rebase --exec said %q", got)
	}
	alias := `alias.n=!if [ "$1" -gt 0 ]; then "$BBGIT" -c alias.n="$(git config alias.n)" n $(($1-1)); else echo "$BBGIT_LEVEL"; fi; :`
	if got := must("-c", alias, "n", "10"); got != "11\n" {
		t.Errorf("ten aliases inside each other end at level %q", got)
	}
}
