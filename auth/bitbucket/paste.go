package bitbucket

import (
	"strings"
	"unicode"
)

// Paste is what a person put in where an API token was asked for.
type Paste int

const (
	// Plausible may be sent to Bitbucket.
	Plausible Paste = iota
	// Nothing was put in.
	Nothing
	// CutOff may be sent, with a word of warning.
	CutOff
	// StrangeToken may be sent, with a word of warning: a kind to come, or a
	// password.
	StrangeToken
	// The rest is a mistake and must not be sent.
	PastedAppPassword
	PastedMail
	PastedURL
	PastedDataCenterToken
	PastedOtherService
	PastedText // with spaces or control characters inside
	PastedKeys // control characters alone: Ctrl-V does not paste in a terminal
)

// Sendable tells that the server may decide about it.
func (p Paste) Sendable() bool {
	return p == Plausible || p == CutOff || p == StrangeToken
}

// ReadPaste takes from a pasted line what terminals, web pages and mails put
// around a token, and says what is left.
func ReadPaste(line string) (token string, paste Paste) {
	token = clean(line)
	if token == "" && strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\n' }) {
		return "", PastedKeys
	}
	return token, judge(token)
}

// clean removes the marks of bracketed paste (ECMA-48 sequences that xterm
// introduced), white space and control characters at both ends, and quotes. A
// token that a mail has broken over two lines is joined again by its reader,
// not here: two lines are two answers.
func clean(line string) string {
	marks := strings.NewReplacer("\x1b[200~", "", "\x1b[201~", "")
	for before := ""; before != line; { // what is left may make another mark
		before, line = line, marks.Replace(line)
	}
	return strings.TrimFunc(line, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("\"'`\u201c\u201d\u2018\u2019\u200b\ufeff", r)
	})
}

func judge(token string) Paste {
	if token == "" {
		return Nothing
	}
	if strings.Contains(token, "://") {
		return PastedURL
	}
	if strings.ContainsFunc(token, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return PastedText
	}
	switch KindOf(token) {
	case AppPassword:
		return PastedAppPassword
	case DataCenterToken:
		return PastedDataCenterToken
	case OtherService:
		return PastedOtherService
	case APIToken, AccessToken:
		if LooksCutOff(token) {
			return CutOff
		}
		return Plausible
	}
	if LooksLikeMail(token) {
		return PastedMail
	}
	return StrangeToken
}

// LooksLikeMail tells an e-mail address from a user name.
func LooksLikeMail(s string) bool {
	before, after, found := strings.Cut(s, "@")
	return found && before != "" && strings.Contains(after, ".") && !strings.Contains(after, "@")
}
