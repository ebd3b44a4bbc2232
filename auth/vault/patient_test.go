package vault

import (
	"context"
	"errors"
	"os/exec"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"
)

// hanging is a vault whose keyring answers after release is closed. Its clock is that of the synctest bubble.
func hanging(t *testing.T, options Options) (v *Vault, release chan struct{}) {
	release = make(chan struct{})
	options.Dir = t.TempDir()
	options.Keyring = &memory{before: func(string) error { <-release; return nil }}
	return Open(options), release
}

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var waited atomic.Int32
		v, release := hanging(t, Options{Waiting: func() { waited.Add(1) }})
		start := time.Now()
		_, err := v.Get(t.Context(), Account{"you"})
		if !errors.Is(err, ErrTimeout) || time.Since(start) != usualTimeout || waited.Load() != 1 {
			t.Errorf("%v after %v, told %d times", err, time.Since(start), waited.Load())
		}
		start = time.Now()
		if err := v.Save(t.Context(), Item{Account: Account{"you"}, Token: throwAway("")}); !errors.Is(err, ErrTimeout) || time.Since(start) != 0 {
			t.Errorf("behind a call that was given up: %v after %v", err, time.Since(start))
		}
		close(release)
		synctest.Wait()
		if _, err := v.Get(t.Context(), Account{"you"}); !errors.Is(err, ErrNotFound) {
			t.Errorf("after the keyring woke up: %v", err)
		}
	})
}

func TestCancelStopsWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v, release := hanging(t, Options{Waiting: func() { t.Error("told too early") }})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		if _, err := v.Get(ctx, Account{"you"}); !errors.Is(err, context.Canceled) || time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		close(release)
	})
}

func TestCallsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running, together, calls atomic.Int32
		v := Open(Options{Dir: t.TempDir(), Keyring: &memory{before: func(string) error {
			together.Add(running.Add(1) - 1)
			time.Sleep(time.Second)
			running.Add(-1)
			calls.Add(1)
			return nil
		}}})
		for range 5 {
			go func() { _, _ = v.Get(t.Context(), Account{"you"}) }()
		}
		time.Sleep(usualTimeout)
		if together.Load() != 0 || calls.Load() != 5 {
			t.Errorf("%d of %d calls while another was under way", together.Load(), calls.Load())
		}
	})
}

func TestPanicIsAnError(t *testing.T) {
	t.Parallel()
	v := Open(Options{Dir: t.TempDir(), Keyring: &memory{before: func(string) error { panic("index out of range") }}})
	if _, err := v.Get(t.Context(), Account{"you"}); !errors.Is(err, ErrNoKeyring) {
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
