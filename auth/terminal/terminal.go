// Package terminal talks to the person at the terminal device itself: /dev/tty on Unix, CONIN$ and CONOUT$ on Windows.
//
// Standard input, output and error are never used. They belong to git: in the children of a parallel fetch stderr is
// a pipe, in a script stdin is a file, and still there may be a person who can answer.
//
//	t, err := terminal.Open()       // ErrNone: nobody to ask
//	defer t.Close()
//	t.Print("Make a token at " + t.Link(address) + "\n")
//	token, err := t.ReadSecret(ctx, "Token: ")
//
// Only one process may ask at a time; the caller holds the lock. Text that a server or a repository supplied goes
// through Plain before it is printed.
package terminal

import (
	"errors"
	"os"

	"golang.org/x/term"
)

// ErrNone says that there is no terminal to ask at: a cron job, a CI runner, a graphical program.
var ErrNone = errors.New("no terminal")

// Terminal is an open terminal device.
type Terminal struct {
	*device
	links bool
}

// Open opens the terminal that controls this process, or fails with ErrNone.
func Open() (*Terminal, error) {
	d, err := openDevice()
	if err != nil {
		return nil, err
	}
	return &Terminal{device: d, links: knowsLinks(os.Getenv) && d.obeysEscapes()}, nil
}

// Print writes text as it is. It reports no error: when the terminal is gone there is nobody to tell.
func (t *Terminal) Print(text string) {
	_, _ = t.out.WriteString(text)
}

// usualWidth is assumed where a terminal does not know its width (a serial line, an editor's shell window).
const usualWidth = 80

// Width returns the number of columns.
func (t *Terminal) Width() int {
	columns, _, err := term.GetSize(t.sizeHandle())
	if err != nil || columns <= 0 {
		return usualWidth
	}
	return columns
}
