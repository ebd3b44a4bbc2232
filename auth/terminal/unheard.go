package terminal

import (
	"context"
	"errors"
)

// Unheard runs work, and until it ends neither shows nor keeps what is typed: a person who has pasted a secret, of which
// nothing was to be seen, may well paste it once more. A signal that would have ended the process ends ctx of the work,
// and is returned as *Interrupted, as ReadSecret does.
//
// In the background the keyboard is the shell's. A console of Windows shows nothing that nobody reads.
func (t *Terminal) Unheard(ctx context.Context, work func(ctx context.Context)) error {
	if !t.inForeground() {
		work(ctx)
		return nil
	}
	ctx, done := context.WithCancel(ctx)
	heard := make(chan error, 1)
	go func() {
		_, err := t.read(ctx, "", unheard)
		if _, interrupted := errors.AsType[*Interrupted](err); interrupted {
			done()
		} else {
			err = nil
		}
		heard <- err
	}()
	work(ctx)
	done()
	return <-heard
}
