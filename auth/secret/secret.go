// Package secret holds a token or a password so that it cannot be printed by accident.
//
// Wrap the text as soon as it is read and call Reveal only where it leaves the program: in the answer to git and in
// the keyring. Everything else (fmt in all its verbs, JSON, log/slog, errors that wrap a struct) sees "****".
package secret

import (
	"crypto/subtle"
	"fmt"
	"io"
	"strings"
)

// hidden is printed instead of every secret. Its length says nothing about the secret's.
const hidden = "****"

// Secret is a token or a password. The zero value is "none".
//
// The text sits behind a pointer because fmt cannot call methods on unexported fields: a string in here would be
// printed when a struct keeps its Secret in an unexported field. Of a pointer inside a struct fmt prints the address.
// For the same reason == compares addresses: use Equal.
type Secret struct {
	text *string
}

// New wraps text.
func New(text string) Secret {
	return Secret{text: &text}
}

// Reveal returns the text itself, for git's pipe and for the keyring.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero reports whether there is no secret, or an empty one.
func (s Secret) IsZero() bool {
	return s.Reveal() == ""
}

// Equal compares in a time that does not depend on where the two differ.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
}

// kinds are the beginnings that tell a person what they are looking at and tell a thief nothing.
var kinds = []string{"ATAT", "ATCT", "ATBB"}

// longEnough is the length from which four characters can be shown without giving a noticeable part away. App
// passwords have 36 characters; the older ones have 20, and so do many passwords that people think up themselves.
const longEnough = 32

// Masked is for a person who has to recognise one of several tokens: "ATAT…1A2B". Atlassian's own page of tokens
// shows the same last four characters. A short secret shows nothing.
func (s Secret) Masked() string {
	text := s.Reveal()
	if len(text) < longEnough || !printable(text) {
		return hidden
	}
	last := text[len(text)-4:]
	for _, kind := range kinds {
		if strings.HasPrefix(text, kind) {
			return kind + "…" + last
		}
	}
	return "…" + last
}

// printable reports whether text is printable ASCII, so that a part of it may go to a terminal.
func printable(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// String hides the secret.
func (s Secret) String() string { return hidden }

// GoString hides it from %#v.
func (s Secret) GoString() string { return hidden }

// Format hides it from every verb and flag; String alone leaves %d and %x to fmt, which would look inside.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalJSON hides it from encoding/json.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }
