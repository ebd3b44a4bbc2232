package terminal

import (
	"strings"
	"unicode"

	"bbgit/auth/pattern"
)

// sequences matches complete escape sequences, so that "\x1b[31mno" becomes "no" and not "[31mno". What it does not
// match loses at least its escape character below, and with that its power.
//
// It is compiled when it is first used: every command that is only handed to git would pay for it.
var sequences = pattern.New(
	`(?s)` +
		`(?:\x1b[\]PX^_]|[\x{90}\x{98}\x{9d}\x{9e}\x{9f}])[^\x07\x1b\x{9c}]*(?:\x07|\x1b\\|\x{9c})` + // OSC, DCS, SOS, PM, APC
		`|(?:\x1b\[|\x{9b})[0-?]*[ -/]*[@-~]` + // CSI: colours, cursor movements, reports
		`|\x1b[ -/]+[0-~]`, // character sets
)

// Plain makes text from a server or a repository safe to print. Printed as it came, it could move the cursor, rewrite
// lines that are already on the screen, set the title, fill the clipboard, or make the terminal type an answer by
// itself. Line ends and tabs stay; invalid UTF-8 becomes U+FFFD, because raw bytes 0x80 to 0x9f are controls too.
func Plain(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.Map(visible, sequences.ReplaceAllString(text, ""))
}

// visible drops controls (C0, DEL, C1) and format characters: bidi overrides that show text in another order than it
// has, zero-width characters that make two names look alike, and the separators that some terminals take for line ends.
func visible(r rune) rune {
	switch {
	case r == '\n', r == '\t':
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
		return -1
	}
	return r
}
