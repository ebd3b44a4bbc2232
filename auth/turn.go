package auth

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

// One at a time speaks with the person: a question, or a notice that something is
// waited for, which listens to Ctrl-C. Two that read one terminal would take each
// other's lines, and leave it with each other's modes. Helpers of one git ask in
// parallel, and so do several bbgit, at several terminals perhaps: the lock is the
// same for all of them, as what they ask for is.

// turnPoll is how often is looked whether it is one's turn.
const turnPoll = 200 * time.Millisecond

// A turns is what a session knows of who speaks.
type turns struct{ ours atomic.Bool }

// hasTurn marks the context of one who speaks, and so may go on speaking.
type hasTurn struct{}

// takeTurn waits until nobody else speaks with the person. However long that
// takes, so there is no time-out, but waiting, which is called where it is not at
// once. Within a turn it is the same turn.
func (s *session) takeTurn(ctx context.Context, waiting func(other)) (_ context.Context, end func(), err error) {
	if ctx.Value(hasTurn{}) != nil {
		return ctx, func() {}, nil
	}
	mine := context.WithValue(ctx, hasTurn{}, true)
	dir, err := vault.Dir()
	if err != nil || os.MkdirAll(dir, 0o700) != nil {
		return mine, func() {}, nil // no place for a lock: better two questions than none
	}
	lock := flock.New(filepath.Join(dir, "question.lock"), flock.SetPermissions(0o600))
	for tries := 0; ; tries++ {
		got, err := lock.TryLock()
		switch {
		case err != nil:
			return mine, func() {}, nil
		case got:
			s.turns.ours.Store(true)
			signTurn(lock.Path())
			return mine, func() {
				s.turns.ours.Store(false)
				_ = lock.Unlock()
			}, nil
		case tries == 1: // whoever has it has signed it by now
			waiting(s.whoseTurn(lock.Path()))
		}
		select {
		case <-time.After(turnPoll):
		case <-ctx.Done():
			return nil, nil, context.Cause(ctx)
		}
	}
}

// other is who speaks with the person while one waits for a turn.
type other int

const (
	elsewhere   other = iota // another bbgit, at another terminal or at one that is not known
	atOurScreen              // another bbgit at this terminal
	inThisBBgit              // another request of this run
)

// signTurn writes down at which terminal the turn is.
func signTurn(path string) {
	if name := terminal.Name(); name != "" {
		_ = os.WriteFile(path, []byte(name), 0o600)
	}
}

func (s *session) whoseTurn(path string) other {
	if s.turns.ours.Load() {
		return inThisBBgit
	}
	if name, err := os.ReadFile(path); err == nil && len(name) > 0 && string(name) == terminal.Name() {
		return atOurScreen
	}
	return elsewhere
}
