package realgit

import (
	"path/filepath"
	"testing"
)

// A repository does not say where tokens go.
func TestValueIsThePersons(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[bbgit]\n\tstore = cache\n\tstore = pass\n")
	for _, args := range [][]string{{"init", "--quiet"}, {"config", "bbgit.store", "helper:!cat>stolen"}, {"config", "bbgit.other", "x"}} {
		if _, err := g.run(t.Context(), localTime, nil, nil, args...); err != nil {
			t.Fatal(err)
		}
	}
	for key, want := range map[string]string{"bbgit.store": "pass", "bbgit.other": "", "bbgit.none": ""} {
		if got, err := g.Value(t.Context(), key); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", key, got, err, want)
		}
	}
	if got, err := g.ValueIn(t.Context(), filepath.Join(g.Dir, ".git", "config"), "bbgit.other"); err != nil || got != "x" {
		t.Errorf("in its file: %q, %v", got, err)
	}
	g.Global = []string{"-c", "bbgit.store=keyring"}
	if got, err := g.Value(t.Context(), "bbgit.store"); err != nil || got != "keyring" {
		t.Errorf("typed: %q, %v", got, err)
	}
}

// TestIsFalse: as git reads a boolean (git-config(1), VALUES).
func TestIsFalse(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"false", "No", "OFF", "0", "00", "0x0", "-0"} {
		if !IsFalse(value) {
			t.Errorf("%q is not false", value)
		}
	}
	for _, value := range []string{"", "true", "yes", "on", "1", "-1", "10", "falsch"} {
		if IsFalse(value) {
			t.Errorf("%q is false", value)
		}
	}
}
