package vault

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"bbgit/auth/store"
)

// hanging is a vault whose store answers after release is closed. Its clock is that of the synctest bubble.
func hanging(t *testing.T, options Options) (v *Vault, release chan struct{}) {
	release = make(chan struct{})
	options.Dir = t.TempDir()
	options.Stores = only(&slow{memory{}, release})
	return Open(options), release
}

// slow is a store that can be interrupted, as all are.
type slow struct {
	memory
	release chan struct{}
}

func (s *slow) Get(ctx context.Context, name string) (string, error) {
	select {
	case <-s.release:
		return s.memory.Get(ctx, name)
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told atomic.Int32
		v, release := hanging(t, Options{
			Patience: func() time.Duration { return 10 * time.Second },
			Waiting: func(_ context.Context, name string, _ func()) {
				if name == store.Keyring {
					told.Add(1)
				}
			},
		})
		start := time.Now()
		_, err := v.Get(t.Context(), Account{"you"})
		if !errors.Is(err, store.ErrTimeout) || time.Since(start) != 10*time.Second || told.Load() != 1 {
			t.Errorf("%v after %v, told %d times", err, time.Since(start), told.Load())
		}
		if _, err := v.Save(t.Context(), Item{Account: Account{"you"}, Token: throwAway("")}); !errors.Is(err, store.ErrTimeout) || time.Since(start) != 10*time.Second {
			t.Errorf("a second wait: %v after %v", err, time.Since(start))
		}
		close(release)
	})
}

// Waiting has the terminal: nothing goes on before it has given it back.
func TestPassedOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var back atomic.Bool
		v, release := hanging(t, Options{Waiting: func(_ context.Context, _ string, passOver func()) {
			time.Sleep(3 * time.Second)
			passOver()
			time.Sleep(time.Second)
			back.Store(true)
		}})
		if _, err := v.Get(t.Context(), Account{"you"}); !errors.Is(err, store.ErrSkipped) || !back.Load() {
			t.Errorf("%v, the terminal is back: %v", err, back.Load())
		}
		close(release)
		if err := v.Ready(t.Context()); !errors.Is(err, store.ErrSkipped) {
			t.Errorf("asked again: %v", err)
		}
	})
}

func TestAnswerEndsTheNotice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var back atomic.Bool
		v, release := hanging(t, Options{Waiting: func(ctx context.Context, _ string, _ func()) {
			<-ctx.Done()
			back.Store(true)
		}})
		time.AfterFunc(5*time.Second, func() { close(release) })
		if _, err := v.Get(t.Context(), Account{"you"}); !errors.Is(err, ErrNotFound) || !back.Load() {
			t.Errorf("%v, the terminal is back: %v", err, back.Load())
		}
	})
}

func TestQuickAnswersTellNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v, release := hanging(t, Options{Waiting: func(context.Context, string, func()) { t.Error("told too early") }})
		time.AfterFunc(time.Second, func() { close(release) })
		if _, err := v.Get(t.Context(), Account{"you"}); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

// What is passed over is passed over for all who wait for it.
func TestPassedOverForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told atomic.Int32
		v, release := hanging(t, Options{Waiting: func(ctx context.Context, _ string, passOver func()) {
			if told.Add(1) == 1 {
				time.Sleep(10 * time.Second)
				passOver()
			}
			<-ctx.Done()
		}})
		start := time.Now()
		var group sync.WaitGroup
		for i := range 5 {
			group.Go(func() {
				time.Sleep(time.Duration(i) * time.Second)
				if _, err := v.Get(t.Context(), Account{"you"}); !errors.Is(err, store.ErrSkipped) || time.Since(start) != 12*time.Second {
					t.Errorf("%v after %v", err, time.Since(start))
				}
			})
		}
		group.Wait()
		close(release)
	})
}
