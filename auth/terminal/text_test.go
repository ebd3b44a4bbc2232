package terminal_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"bbgit/auth/terminal"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"untouched", "remote: näh, 日本 🎉\n\tnext\n", "remote: näh, 日本 🎉\n\tnext\n"},
		{"colour", "\x1b[1;31mred\x1b[0m", "red"},
		{"title", "a\x1b]0;evil\x07b", "ab"},
		{"clipboard", "a\x1b]52;c;ZXZpbA==\x1b\\b", "ab"},
		{"link", "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\", "click"},
		{"device control", "a\x1bP$q\"p\x1b\\b", "ab"},
		{"c1 csi", "a\u009b31mb", "ab"},
		{"c1 osc", "a\u009d0;evil\u009cb", "ab"},
		{"raw c1 byte", "a\x9b31mb", "a\uFFFD31mb"},
		{"open end", "a\x1b]0;evil", "a]0;evil"},
		{"lone escape", "a\x1bcb\x1b", "acb"},
		{"character set", "a\x1b(0b", "ab"},
		{"overwriting", "evil\rgood\b\b\x00\x7f\x0b\x0c", "evilgood"},
		{"windows line ends", "a\r\nb", "a\nb"},
		{"bidi override", "a\u202eb\u2066c\u2069\u200fd\u061ce", "abcde"},
		{"zero width", "a\u200bb\u200dc\ufeffd\u00ade\u2060f", "abcdef"},
		{"line separators", "a\u2028b\u2029c\u0085d", "abcd"},
		{"tags", "a\U000e0041b", "ab"},
		{"nested", "\x1b\x1b[31m[31mx", "[31mx"},
		{"built by removal", "\x1b\u200b[31mx", "[31mx"},
	} {
		if got := terminal.Plain(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("\x1b]0;x\x07\x1b[31m\u202e\x9b")
	f.Fuzz(func(t *testing.T, in string) {
		out := terminal.Plain(in)
		if !utf8.ValidString(out) || strings.ContainsFunc(out, func(r rune) bool {
			return r != '\n' && r != '\t' && (r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e)
		}) {
			t.Errorf("%q became %q", in, out)
		}
		if terminal.Plain(out) != out {
			t.Errorf("%q is not stable", out)
		}
	})
}

func TestLink(t *testing.T) {
	t.Parallel()
	const page = "https://id.atlassian.com/manage-profile/security/api-tokens"
	if got := terminal.WithLinks(false).Link(page); got != page {
		t.Errorf("without OSC 8: %q", got)
	}
	want := "\x1b]8;;" + page + "\x1b\\" + page + "\x1b]8;;\x1b\\"
	if got := terminal.WithLinks(true).Link(page); got != want {
		t.Errorf("with OSC 8: %q", got)
	}
	if got := terminal.WithLinks(true).Link("https://x/\x1b]0;evil\x07"); got != "https://x/" {
		t.Errorf("an address with controls: %q", got)
	}
}

func TestKnowsLinks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		environment string
		want        bool
	}{
		{"", false},
		{"TERM=xterm-256color", false},
		{"TERM=xterm-256color VTE_VERSION=7200", true},
		{"TERM=xterm-256color VTE_VERSION=5000", false},
		{"TERM=xterm-256color VTE_VERSION=abc", false},
		{"TERM=dumb VTE_VERSION=7200", false},
		{"TERM=xterm VTE_VERSION=7200 NO_COLOR=1", false},
		{"TERM=screen-256color VTE_VERSION=7200", false},
		{"TERM=xterm VTE_VERSION=7200 TMUX=/tmp/x", false},
		{"TERM=xterm KITTY_WINDOW_ID=1 STY=1.pts", false},
		{"TERM=xterm-kitty", true},
		{"TERM=foot-extra", true},
		{"TERM=xterm-256color TERM_PROGRAM=iTerm.app", true},
		{"TERM=xterm-256color TERM_PROGRAM=vscode", true},
		{"TERM=xterm-256color TERM_PROGRAM=WezTerm", true},
		{"TERM=xterm-256color TERM_PROGRAM=Apple_Terminal", false},
		{"WT_SESSION=guid", true},
		{"TERM=xterm DOMTERM=x", true},
	} {
		set := map[string]string{}
		for _, pair := range strings.Fields(c.environment) {
			key, value, _ := strings.Cut(pair, "=")
			set[key] = value
		}
		if got := terminal.KnowsLinks(func(key string) string { return set[key] }); got != c.want {
			t.Errorf("%q: got %v", c.environment, got)
		}
	}
}

func TestLastLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"Token: ": "\rToken: ", "a\nToken: ": "\rToken: ", "\rToken: ": "\rToken: ", "": "\r"} {
		if got := terminal.LastLine(in); got != want {
			t.Errorf("%q: got %q", in, got)
		}
	}
}
