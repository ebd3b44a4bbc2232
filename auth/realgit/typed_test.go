package realgit

import "testing"

// What a repository has written drives no terminal, and forges no line.
func TestTypedIsPlain(t *testing.T) {
	t.Parallel()
	const want = "git remote set-url 'a%1B]0;b%07' 'https://x%0Aa b'"
	if got := Typed("remote", "set-url", "a\x1b]0;b\x07", "https://x\na b"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
