// Package credential reads and writes the messages that git and a credential
// helper exchange: lines "key=value", ended by an empty line or the end of the
// input (git-credential(1), "INPUT/OUTPUT FORMAT"). It is pure: nothing here
// touches a process, a file or a terminal.
package credential

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxSize bounds one message, in bytes. The largest real ones hold a token of a
// few kilobytes; a pipe that never ends must not fill our memory.
const MaxSize = 64 << 10

var (
	// ErrTooLong says that a message exceeds MaxSize.
	ErrTooLong = errors.New("credential message is too long")
	// ErrSyntax says that a line is not "key=value", or that a value holds a
	// byte which another reader could take for the end of the line. git-lfs and
	// git (credential.protectProtocol) refuse the same bytes: with them a
	// hostile URL could name one host to the helper and another to git.
	ErrSyntax = errors.New("credential message is malformed")
)

// Attribute is one line of a message.
type Attribute struct{ Key, Value string }

// Message is a credential as git describes it, in the order of its lines.
// Keys that end in "[]" may occur many times, others once: the last one counts.
type Message []Attribute

// Read reads one message, up to an empty line or the end of r. The text of an
// error never holds a value, since a value may be a password. It does not wait
// for more than the empty line: the sender may keep the pipe open.
func Read(r io.Reader) (Message, error) { return ReadUpTo(r, MaxSize) }

// ReadUpTo is Read with another bound, in bytes.
func ReadUpTo(r io.Reader, limit int) (Message, error) {
	var text []byte
	lines := bufio.NewReader(io.LimitReader(r, int64(limit)+1))
	for {
		line, err := lines.ReadBytes('\n')
		text = append(text, line...)
		if len(text) > limit {
			return nil, ErrTooLong
		}
		if err == io.EOF || len(bytes.TrimRight(line, "\r\n")) == 0 {
			return Parse(text)
		}
		if err != nil {
			return nil, fmt.Errorf("reading credential message: %w", err)
		}
	}
}

// Parse is Read for a message that is in memory.
func Parse(text []byte) (Message, error) {
	var m Message
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		// git on Windows has written CRLF; one CR before the LF is no data.
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(line) == 0 {
			break
		}
		key, value, found := strings.Cut(string(line), "=")
		if !found || key == "" || strings.ContainsAny(string(line), "\x00\r") {
			return nil, ErrSyntax
		}
		m = append(m, Attribute{key, value})
	}
	return m, nil
}

// Get returns the value of a key, "" where it is not there.
func (m Message) Get(key string) string {
	for i := len(m) - 1; i >= 0; i-- {
		if m[i].Key == key {
			return m[i].Value
		}
	}
	return ""
}

// Has tells whether a key such as "capability[]" occurs with this value.
func (m Message) Has(key, value string) bool {
	for _, a := range m {
		if a.Key == key && a.Value == value {
			return true
		}
	}
	return false
}

// With returns a copy in which key has this one value, at the place where it
// stood first, or at the end.
func (m Message) With(key, value string) Message {
	out := make(Message, 0, len(m)+1)
	placed := false
	for _, a := range m {
		if a.Key != key {
			out = append(out, a)
		} else if !placed {
			out = append(out, Attribute{key, value})
			placed = true
		}
	}
	if !placed {
		out = append(out, Attribute{key, value})
	}
	return out
}

// Without returns a copy that lacks these keys.
func (m Message) Without(keys ...string) Message {
	out := make(Message, 0, len(m))
next:
	for _, a := range m {
		for _, key := range keys {
			if a.Key == key {
				continue next
			}
		}
		out = append(out, a)
	}
	return out
}

// Bytes is the message as git reads it, without the ending empty line. It fails
// with ErrSyntax rather than write a line that would be read as something else.
func (m Message) Bytes() ([]byte, error) {
	var b bytes.Buffer
	for _, a := range m {
		if a.Key == "" || strings.ContainsAny(a.Key, "=\x00\r\n") || strings.ContainsAny(a.Value, "\x00\r\n") {
			return nil, ErrSyntax
		}
		b.WriteString(a.Key)
		b.WriteByte('=')
		b.WriteString(a.Value)
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}
