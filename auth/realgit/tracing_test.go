package realgit

import (
	"path/filepath"
	"testing"
)

// Whoever has git traced is not disturbed, wherever that was said.
func TestTraces(t *testing.T) {
	t.Parallel()
	other := filepath.Join(t.TempDir(), "other")
	write(t, other, "[trace2]\n\tperfTarget = /tmp/perf\n")
	for config, want := range map[string]Traces{
		"":                       {},
		"[user]\n\tname = You\n": {},
		"[trace2]\n\tnormalTarget = /tmp/normal\n": {Normal: true, Any: true},
		"[TRACE2]\n\teventtarget = /tmp/event\n":   {Any: true},
		"[trace2]\n\tmaxFiles = 7\n":               {},
		"[alias]\n\tst = status # no trace2\n":     {},
	} {
		if got := newGit(t, config).Traces(t.Context()); got != want {
			t.Errorf("%q: %+v, want %+v", config, got, want)
		}
	}
	for variable, want := range map[string]Traces{
		"GIT_TRACE2=/tmp/normal":      {Normal: true, Any: true},
		"GIT_TRACE2_EVENT=/tmp/event": {Any: true},
		"GIT_TRACE2_PERF=":            {},
		"GIT_TRACE2_MAX_FILES=9":      {},
	} {
		if got := newGit(t, "", variable).Traces(t.Context()); got != want {
			t.Errorf("%s: %+v, want %+v", variable, got, want)
		}
	}
	// In files that the environment names.
	g := newGit(t, "", "GIT_CONFIG_GLOBAL="+other)
	if got := g.Traces(t.Context()); got != (Traces{Any: true}) {
		t.Errorf("GIT_CONFIG_GLOBAL: %+v", got)
	}
}
