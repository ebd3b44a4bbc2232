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
// parallel, and so do several bbgit, at several terminals perhaps: the turn is the
// same for all of them, as what they ask for is.
//
// Whoever waits for a turn holds no lock that one with a turn may need, but the
// list of accounts, which nobody waits for longer than for a store.

// turnPoll is how often is looked whether it is one's turn.
const turnPoll = 200 * time.Millisecond

// ours tells that this bbgit has the turn.
var ours atomic.Bool

// hasTurn marks the context of one who speaks, and so may go on speaking.
type hasTurn struct{}

// inTurn is a context for what is done within a turn.
func inTurn(ctx context.Context) context.Context { return context.WithValue(ctx, hasTurn{}, true) }

// takeTurn waits until nobody else speaks with the person; within a turn it has
// it already. However long that takes: there is no time-out but that of ctx.
// waiting is called where it is not at once; nil for nothing.
func takeTurn(ctx context.Context, waiting func(other)) (end func(), err error) {
	if ctx.Value(hasTurn{}) != nil {
		return func() {}, nil
	}
	dir, err := vault.Dir()
	if err != nil || os.MkdirAll(dir, 0o700) != nil {
		return func() {}, nil // no place for a lock: better two questions than none
	}
	lock := flock.New(filepath.Join(dir, "question.lock"), flock.SetPermissions(0o600))
	for tries := 0; ; tries++ {
		got, err := lock.TryLock()
		switch {
		case err != nil:
			return func() {}, nil
		case got:
			ours.Store(true)
			signTurn(lock.Path())
			return func() {
				ours.Store(false)
				_ = lock.Unlock()
			}, nil
		case tries == 1 && waiting != nil: // whoever has it has signed it by now
			waiting(whoseTurn(lock.Path()))
		}
		select {
		case <-time.After(turnPoll):
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// other is who speaks with the person while one waits for a turn.
type other int

const (
	elsewhere   other = iota // another bbgit: at another terminal, stopped, in the background, or not known
	inThisJob                // another bbgit of the job that this one is part of, at the same terminal
	inThisBBgit              // another request of this run
)

// signTurn writes down which job has the turn.
func signTurn(path string) {
	if job := terminal.Job(); job != "" {
		_ = os.WriteFile(path, []byte(job), 0o600)
	}
}

func whoseTurn(path string) other {
	if ours.Load() {
		return inThisBBgit
	}
	if job, err := os.ReadFile(path); err == nil && len(job) > 0 && string(job) == terminal.Job() {
		return inThisJob
	}
	return elsewhere
}

// openInTurn opens the terminal for a conversation. end closes it, and ends the
// turn.
func openInTurn(ctx context.Context) (_ context.Context, screen *terminal.Terminal, end func(), err error) {
	screen, err = terminal.Open()
	if err != nil {
		return nil, nil, nil, err
	}
	endTurn, err := takeTurn(ctx, tellsOfOther(screen))
	if err != nil {
		screen.Close()
		return nil, nil, nil, err
	}
	return inTurn(ctx), screen, func() {
		screen.Close()
		endTurn()
	}, nil
}

// tellsOfOther tells the person what is waited for, unless they see it.
func tellsOfOther(screen *terminal.Terminal) func(other) {
	return func(who other) {
		if who == elsewhere {
			screen.Print(styleOf(screen).OtherIsAsking())
		}
	}
}
