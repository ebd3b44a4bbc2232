package bitbucket

import (
	"strings"
	"testing"
)

// A cleaned URL drives no terminal, and shows no secret that stands in the place of a name.
func TestCleaned(t *testing.T) {
	t.Parallel()
	marked := "ATATT3xFfGF0" + strings.Repeat("x", 40)
	for text, want := range map[string]string{
		"https://you:old@bitbucket.org/you/thesis.git":        "https://you@bitbucket.org/you/thesis.git",
		"https://you:old@bitbucket.org/you/a\x1b]0;b\x07.git": "https://you@bitbucket.org/you/a%1B]0;b%07.git",
		"https://" + marked + ":old@bitbucket.org/you/thesis": "https://****@bitbucket.org/you/thesis",
		"https://" + marked + "@bitbucket.org/you/thesis\nx":  "https://****@bitbucket.org/you/thesis%0Ax",
		"https://:old@bitbucket.org/you/thesis.git":           "https://bitbucket.org/you/thesis.git",
	} {
		r, ok := ParseRemote(text)
		if got := r.Cleaned(); !ok || got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
