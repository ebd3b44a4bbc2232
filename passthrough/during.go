package passthrough

import (
	"context"
	"os"
	"time"
)

// grace is how long the companion may take to stop when a signal asks for it:
// enough to give the terminal its echo back, and not so long that a person
// reaches for kill -9.
const grace = 2 * time.Second

// during calls f, a method of the companion's, and returns what it returned and
// the signal that asked us to stop meanwhile, if one did. That signal ends f's
// ctx. An f that panics, or does not heed its ctx, has returned nothing.
//
// f runs in a goroutine of its own only because this one has to listen.
func during[T any](ctx context.Context, signals <-chan os.Signal, f func(context.Context) T) (result T, arrived os.Signal) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	results := make(chan T, 1)
	go func() {
		defer close(results)
		defer func() { survive(recover()) }()
		results <- f(ctx)
	}()
	select {
	case result = <-results:
		return result, nil
	case arrived = <-signals:
	}
	stop()
	select {
	case result = <-results:
	case <-time.After(grace):
	}
	return result, arrived
}
