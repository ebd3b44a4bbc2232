package handover

import (
	"slices"
	"testing"
)

func TestNamesOnWindows(t *testing.T) {
	t.Parallel()
	for pathext, want := range map[string][]string{
		"":                         {"git.com", "git.exe"},
		".EXE;.CMD":                {"git.exe"},
		".CMD;;.EXE;.LNK;.Com":     {"git.exe", "git.com"},
		".BAT;.CMD":                {"git.com", "git.exe"},
		".VBS;.JS;.WSF;.EXE;.PY;;": {"git.exe"},
	} {
		if got := programNames("git", pathext); !slices.Equal(got, want) {
			t.Errorf("PATHEXT=%s: %q, want %q", pathext, got, want)
		}
	}
}
