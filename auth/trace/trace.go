// Package trace writes down what bbgit decides, and why, for a person who wants to know: BBGIT_TRACE=1 writes to
// standard error, BBGIT_TRACE=/absolute/path appends to a file. Each line has the time and the process, like those of
// GIT_TRACE, so that the two can be read side by side:
//
//	11:04:08.123456 bbgit[4711] git asks for a credential for you/thesis
//
// Secrets do not get in: callers give masked ones, a secret.Secret prints as "****", and each line is scrubbed.
package trace

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"bbgit/auth/secret"
	"bbgit/auth/terminal"
)

// Variable says where to.
const Variable = "BBGIT_TRACE"

// Trace is where lines go. A nil Trace writes nothing, and costs no more than to find that out.
type Trace struct {
	mu  sync.Mutex
	out io.Writer
	now func() time.Time
}

// levelVariable is set for all that a bbgit starts in place of a person's git (passthrough).
const levelVariable = "BBGIT_LEVEL"

// Wanted opens what BBGIT_TRACE asks for. It is nil where that is unset, empty, "0" or "false". What can be no trace
// is told on stderr, once for all processes of a command, and never in the way of the command.
func Wanted() *Trace {
	value := os.Getenv(Variable)
	if value == "" {
		return nil
	}
	t, err := to(value)
	if err != nil && os.Getenv(levelVariable) == "" {
		fmt.Fprintf(os.Stderr, "bbgit: %v\n", err)
	}
	return t
}

// to reads the variable's value as git reads that of GIT_TRACE (git(1)).
func to(value string) (*Trace, error) {
	switch strings.ToLower(value) {
	case "0", "false":
		return nil, nil
	case "1", "2", "true":
		return &Trace{out: os.Stderr, now: time.Now}, nil
	}
	if !filepath.IsAbs(value) {
		return nil, fmt.Errorf("%s must be 1, or the absolute path of a file, and is %q", Variable, value)
	}
	// Each line is one write at the end of the file, wherever that is by then: a command has many processes, and all
	// write here.
	f, err := os.OpenFile(value, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("no trace can be written: %w", err)
	}
	return &Trace{out: f, now: time.Now}, nil
}

// File is the file that BBGIT_TRACE names, "" for none.
func File() string {
	if value := os.Getenv(Variable); filepath.IsAbs(value) {
		return value
	}
	return ""
}

// On tells whether anybody reads. It is for what is costly to say.
func (t *Trace) On() bool { return t != nil }

// Notef writes one line.
func (t *Trace) Notef(format string, args ...any) {
	if t == nil {
		return
	}
	text := secret.Scrub(oneLine(fmt.Sprintf(format, args...)))
	t.mu.Lock()
	defer t.mu.Unlock()
	line := fmt.Sprintf("%s bbgit[%d] %s\n", t.now().Format(timeOfDay), os.Getpid(), text)
	_, _ = io.WriteString(t.out, line) // who has closed stderr wants to read nothing
}

// timeOfDay is the time as GIT_TRACE has it.
const timeOfDay = "15:04:05.000000"

// oneLine keeps what others have written, such as a path, from forging lines.
func oneLine(text string) string {
	return terminal.Plain(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(text))
}
