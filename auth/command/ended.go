package command

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"bbgit/auth/terminal"
)

// farewell is how long a word may take to clear away what it has begun.
const farewell = time.Second

// untilEnded is a context that ends by the signals that end a process, so that a
// word can clear away its folder with what it was told by git. leave, with what the
// word has returned, then ends this process as the signal would have.
func untilEnded(ctx context.Context) (_ context.Context, leave func(error)) {
	ctx, cancel := context.WithCancel(ctx)
	caught, cleared := make(chan os.Signal, 1), make(chan struct{})
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) { // to ask for one would end that
			signal.Notify(caught, s)
		}
	}
	go func() {
		ended := &terminal.Interrupted{Signal: <-caught}
		cancel()
		select {
		case <-cleared:
		case <-time.After(farewell):
		}
		ended.Die()
	}()
	return ctx, func(err error) {
		if asking, ok := errors.AsType[*terminal.Interrupted](err); ok {
			asking.Die() // the question may have got the signal first
		}
		if ctx.Err() != nil {
			close(cleared)
			select {}
		}
	}
}
