package store

import (
	"context"
	"errors"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"
)

func TestGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, release := newPatient(), make(chan struct{})
		hang := func() (string, error) { <-release; return "", nil }
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Minute, ErrTimeout)
		defer cancel()
		start := time.Now()
		if _, err := p.call(ctx, hang); !errors.Is(err, ErrTimeout) || time.Since(start) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		if _, err := p.call(t.Context(), hang); !errors.Is(err, ErrTimeout) || time.Since(start) != time.Minute {
			t.Errorf("behind a call that was given up: %v after %v", err, time.Since(start))
		}
		close(release)
		synctest.Wait()
		if _, err := p.call(t.Context(), hang); err != nil {
			t.Errorf("after the keyring woke up: %v", err)
		}
	})
}

func TestCancelStopsWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, release := newPatient(), make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		if _, err := p.call(ctx, func() (string, error) { <-release; return "", nil }); !errors.Is(err, context.Canceled) || time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		if _, err := p.call(t.Context(), nil); !errors.Is(err, ErrTimeout) {
			t.Errorf("the next one: %v", err)
		}
		close(release)
	})
}

// Who waits for its turn behind a call to which nothing comes learns it with that one's caller.
func TestGivenUpForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, release := newPatient(), make(chan struct{})
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Minute, ErrSkipped)
		defer cancel()
		start := time.Now()
		var group sync.WaitGroup
		for _, waits := range []context.Context{ctx, t.Context(), t.Context()} {
			group.Go(func() {
				if waits != ctx {
					time.Sleep(time.Second)
				}
				_, err := p.call(waits, func() (string, error) { <-release; return "", nil })
				if !errors.Is(err, ErrSkipped) || time.Since(start) != time.Minute {
					t.Errorf("%v after %v", err, time.Since(start))
				}
			})
		}
		group.Wait()
		close(release)
	})
}

// A keyring that asks the person something for one caller is not silent for the next.
func TestSilenceBeginsWithTheTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSystem()
		asked := make(chan struct{})
		go func() {
			_, _ = s.patient.call(t.Context(), func() (string, error) {
				close(asked)
				time.Sleep(10 * answerTime)
				return "", nil
			})
		}()
		<-asked
		ctx, cancel := context.WithTimeoutCause(t.Context(), 5*answerTime, ErrTimeout)
		defer cancel()
		if _, err := s.State(ctx); !errors.Is(err, ErrTimeout) {
			t.Errorf("got %v", err)
		}
		time.Sleep(10 * answerTime)
	})
}

// Who waits behind several learns it as well, whichever of them it is to which nothing comes.
func TestGivenUpBehindAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, release := newPatient(), make(chan struct{})
		go func() {
			_, _ = p.call(t.Context(), func() (string, error) { time.Sleep(time.Second); return "", nil })
		}()
		synctest.Wait()
		var group sync.WaitGroup
		var last atomic.Int64
		start := time.Now()
		for range 3 {
			group.Go(func() {
				ctx, cancel := context.WithTimeoutCause(t.Context(), time.Hour, ErrTimeout)
				defer cancel()
				_, _ = p.call(ctx, func() (string, error) {
					time.AfterFunc(time.Minute, cancel)
					<-release
					return "", nil
				})
				last.Store(int64(time.Since(start)))
			})
		}
		group.Wait()
		if took := time.Duration(last.Load()); took != time.Minute+time.Second {
			t.Errorf("the last one waited for %v", took)
		}
		close(release)
	})
}

func TestCallsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPatient()
		var running, together, calls atomic.Int32
		for range 5 {
			go func() {
				_, _ = p.call(t.Context(), func() (string, error) {
					together.Add(running.Add(1) - 1)
					time.Sleep(time.Second)
					running.Add(-1)
					calls.Add(1)
					return "", nil
				})
			}()
		}
		time.Sleep(time.Minute)
		if together.Load() != 0 || calls.Load() != 5 {
			t.Errorf("%d of %d calls while another was under way", together.Load(), calls.Load())
		}
	})
}

func TestPanicIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := newPatient().call(t.Context(), func() (string, error) { panic("index out of range") }); !errors.Is(err, ErrNoKeyring) {
		t.Errorf("got %v", err)
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want error
		text string
	}{
		{nil, nil, ""},
		{keyring.ErrNotFound, ErrNotFound, ""},
		{keyring.ErrSetDataTooBig, ErrTooBig, ""},
		{keyring.ErrUnsupportedPlatform, ErrNoKeyring, ""},
		{errors.New("failed to unlock correct collection '/x'"), ErrLocked, ""},
		{exec.Command("sh", "-c", "exit 36").Run(), ErrLocked, ""},
		{exec.Command("sh", "-c", "exit 128").Run(), ErrLocked, ""},
		{exec.Command("sh", "-c", "exit 1").Run(), ErrNoKeyring, "no keyring: exit status 1"},
		{
			errors.New("The name org.freedesktop.secrets was not provided by any .service files"),
			ErrNoKeyring, "no keyring: no secret service on the session bus",
		},
		{errors.New("dial unix /x:\n refused"), ErrNoKeyring, "no keyring: dial unix /x: refused"},
	} {
		got := explain(c.err)
		if !errors.Is(got, c.want) || c.text != "" && got.Error() != c.text {
			t.Errorf("%v: got %v", c.err, got)
		}
	}
}
