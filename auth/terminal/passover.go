package terminal

import (
	"context"
	"errors"
)

var errPassedOver = errors.New("ctrl-c")

// CanPassOver tells that PassedOver would see a Ctrl-C: not in the background, and not on Windows.
func (t *Terminal) CanPassOver() bool { return t.inForeground() }

// PassedOver waits until ctx ends, which is false, or until the person presses Ctrl-C, which is true. That key then
// reaches nobody else, so that it passes over what is waited for and does not end git. Every other key is dropped, but
// for those that stop or end the whole program as ever.
func (t *Terminal) PassedOver(ctx context.Context) bool {
	if t.CanPassOver() {
		if _, err := t.read(ctx, "", waiting); errors.Is(err, errPassedOver) {
			return true
		}
	}
	<-ctx.Done()
	return false
}
