package command

import (
	"strings"
	"testing"
	"time"

	"bbgit/auth"
)

func TestTokensAreNoArguments(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"login", tokenText}, {"login", "--with-token=" + tokenText}, {"status", "ATCTT3xFfGN0abc"}} {
		err := refuseTokens(args)
		if _, ok := err.(usageError); !ok || strings.Contains(err.Error(), "ATAT") || !strings.Contains(err.Error(), "history") {
			t.Errorf("%d words: %v", len(args), err)
		}
	}
	for _, args := range [][]string{{"login", "team/app"}, {"login", "--username", "you", "--expires=2027-01-01"}, nil} {
		if err := refuseTokens(args); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
}

func TestLoginWords(t *testing.T) {
	t.Parallel()
	for _, words := range [][]string{
		{"login", "thesis"}, {"login", "https://example.com/you/thesis"}, {"login", "a/b", "c/d"}, {"login", "--username", "you@example.com"},
		{"login", "--expires", "tomorrow"}, {"login", "--expires", "2020-01-01"}, {"login", "--expires", "2099-01-01"},
	} {
		if _, err := run(t, newVault(t), words...); err == nil {
			t.Errorf("%q is understood", words)
		} else if _, ok := err.(usageError); !ok {
			t.Errorf("%q: %v", words, err)
		}
	}
}

func TestExpiry(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 15, 0, 0, 0, time.Local)
	for text, valid := range map[string]bool{
		"2026-11-24": true, "2027-11-24": true, "2026-11-22": false, "2027-12-01": false, "24.11.2026": false, "": true,
	} {
		if _, err := readExpiry(text, now); (err == nil) != valid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestReadRepository(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"you/thesis": "you/thesis", " you/thesis ": "you/thesis", "https://bitbucket.org/you/thesis": "you/thesis",
		"https://you@bitbucket.org/you/thesis.git": "you/thesis", "https://bitbucket.org/you/thesis/src/main/": "you/thesis",
		"thesis": "", "a/b/c": "", "https://example.com/a/b": "", "git@bitbucket.org:you/thesis.git": "you/thesis",
		"ssh://git@altssh.bitbucket.org:443/you/thesis.git": "you/thesis", "git@example.com:you/thesis.git": "", "": "", "you thesis/x": "",
	} {
		got, ok := auth.ReadRepository(text)
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("%q: %v %v", text, got, ok)
		}
	}
}
