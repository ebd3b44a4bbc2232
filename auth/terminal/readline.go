package terminal

import (
	"context"
	"errors"
	"io"
	"strings"
)

// ErrEnd says that the person gave up: Ctrl-D on an empty line, or the terminal was closed. It wraps io.EOF.
var ErrEnd = endError{}

type endError struct{}

func (endError) Error() string { return "nothing was typed" }
func (endError) Unwrap() error { return io.EOF }

// ErrTooLong says that the line is as long as the kernel lets a typed line be (4095 bytes on Linux, 1023 on macOS). It
// drops what is beyond without a word, so the rest of a longer secret may be missing. Tokens have about 200 bytes.
var ErrTooLong = errors.New("the line is too long for this terminal")

// ReadSecret prints prompt, reads one line without showing it, and returns it without its line end.
//
// The kernel keeps editing the line, so that backspace, Ctrl-U, Ctrl-C and Ctrl-Z do what they always do; a raw mode
// with an editor of our own would have to imitate all of them. However the question ends, echo is back and the cursor
// is on a new line before ReadSecret returns:
//   - an answer, ErrTooLong, or ErrEnd;
//   - ctx ends: its error, at once, without waiting for a key;
//   - a signal that would have ended the process: *Interrupted. The caller has to end then, see Interrupted.Die;
//   - Ctrl-Z: echo is back while the process is stopped; after fg the question is asked again.
//
// What was typed before the question is thrown away, as getpass(3) and git do: the person did not know what it would
// answer, and an impatient Enter would count. What is left over afterwards is thrown away too: the half-typed secret of
// a question that was cut short, or the second line of a paste, would go to the shell and be shown there.
func (t *Terminal) ReadSecret(ctx context.Context, prompt string) (string, error) {
	return t.read(ctx, prompt, hidden)
}

// ReadLine is ReadSecret for what may be seen while it is typed.
func (t *Terminal) ReadLine(ctx context.Context, prompt string) (string, error) {
	return t.read(ctx, prompt, shown)
}

// typing is what becomes of what is typed.
type typing int

const (
	hidden  typing = iota // a line that cannot be seen
	shown                 // a line that can
	waiting               // nothing but Ctrl-C counts, and nothing can be seen
	unheard               // nothing counts, and nothing can be seen
)

func (t *Terminal) read(ctx context.Context, prompt string, typing typing) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := t.readModes(); err != nil {
		return "", err
	}
	signals := watchSignals()
	defer signals.ignore()
	for {
		line := t.ask(ctx, prompt, typing, signals)
		if !errors.Is(line.err, errSuspended) {
			if typing == hidden || typing == shown && !line.enter {
				t.Print("\n")
			}
			return line.text, line.err
		}
		signals.suspendGroup()
		prompt = lastLine(prompt)
	}
}

// errSuspended ends one round of asking. The process is then stopped, and another begins when it goes on.
var errSuspended = errors.New("ctrl-z")

// ask is one round of the question, from setting the terminal's modes to setting them back.
func (t *Terminal) ask(ctx context.Context, prompt string, typing typing, signals *signalWatch) line {
	if err := t.setTyping(typing); err != nil {
		return line{err: err}
	}
	defer t.showTyping()
	t.Print(prompt)
	reading, err := t.startReading(typing)
	if err != nil {
		return line{err: err}
	}
	defer reading.stop()
	for {
		select {
		case line := <-reading.lines:
			return line
		case <-ctx.Done():
			return line{err: ctx.Err()}
		case sig := <-signals.deadly:
			return line{err: &Interrupted{Signal: sig}}
		case <-signals.resume:
			if err := t.askOn(lastLine(prompt), typing); err != nil {
				return line{err: err}
			}
		}
	}
}

// askOn goes on with a question after the process was stopped by a signal and not by Ctrl-Z: with SIGSTOP, or because
// it asked in the background. Most shells have given the terminal other modes meanwhile. Where the modes are still
// those of a hidden line nothing is switched, because switching drops what has been typed. What was typed in sight may
// be in sight no longer, and then must not count.
func (t *Terminal) askOn(prompt string, typing typing) error {
	if typing == shown || !t.typingHidden() {
		if err := t.setTyping(typing); err != nil {
			return err
		}
	}
	t.Print(prompt)
	return nil
}

// line is what a reading comes to.
type line struct {
	text  string
	err   error
	enter bool // it was ended with Enter: where typing is shown, the cursor is on a new line
}

// lastLine is what is printed when a question is asked again. The carriage return keeps it in one place when a
// SIGCONT arrives although the cursor still stands behind the prompt.
func lastLine(prompt string) string {
	return "\r" + strings.TrimPrefix(prompt[strings.LastIndexByte(prompt, '\n')+1:], "\r")
}
