package passthrough

import (
	"slices"
	"testing"
)

func TestNamesOnWindows(t *testing.T) {
	t.Parallel()
	for pathext, want := range map[string][]string{
		"":                 {"git.com", "git.exe", "git.bat", "git.cmd"},
		".EXE;.CMD":        {"git.exe", "git.cmd"},
		".CMD;;.EXE;.LNK;": {"git.cmd", "git.exe", "git.lnk"},
	} {
		if got := namesOf("git", pathext); !slices.Equal(got, want) {
			t.Errorf("PATHEXT=%s: %q, want %q", pathext, got, want)
		}
	}
}
