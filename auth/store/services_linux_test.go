package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"bbgit/shim_test/need"
	"bbgit/shim_test/part"
	"bbgit/shim_test/stage"
)

func init() {
	parts["silent"] = partSilent
	parts["asks"] = partAsks
	parts["locked"] = partLocked
	parts["restarts"] = partRestarts
}

// TestServices plays keyrings that do not simply answer, each on a bus of its own.
func TestServices(t *testing.T) {
	t.Parallel()
	need.Programs(t, need.Keyring...)
	for _, c := range []struct {
		part  string
		open  func(string) (*stage.Keyring, error)
		begin func(*stage.Keyring) error
	}{
		{"silent", stage.OpenBus, (*stage.Keyring).Hang},
		{"asks", stage.OpenBus, (*stage.Keyring).Ask},
		{"locked", stage.OpenKeyring, (*stage.Keyring).Lock},
	} {
		t.Run(c.part, func(t *testing.T) {
			t.Parallel()
			ring, err := c.open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer ring.Stop()
			if err := c.begin(ring); err != nil {
				t.Fatal(err)
			}
			if out, err := part.Command(t, c.part, ring.Environ()...).CombinedOutput(); err != nil {
				t.Errorf("%v %s", err, out)
			}
		})
	}
}

// moment is less than answerTime: a call that ends with another error than this one has not waited.
func moment() (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(context.Background(), answerTime/2, errWaited)
}

var errWaited = errors.New("it waited")

// partSilent has a service that hangs: the short clock runs out, once.
func partSilent([]string) error {
	s := newSystem()
	if _, err := s.Get(context.Background(), "you"); !errors.Is(err, ErrSilent) {
		return fmt.Errorf("the first call: %w", err)
	}
	ctx, cancel := moment()
	defer cancel()
	_, getErr := s.Get(ctx, "you")
	_, stateErr := s.State(ctx)
	for _, err := range []error{getErr, stateErr, s.Set(ctx, "you", "text"), s.Delete(ctx, "you"), s.DeleteAll(ctx, nil)} {
		if !errors.Is(err, ErrSilent) {
			return fmt.Errorf("a later call: %w", err)
		}
	}
	return nil
}

// partAsks has a service that answers, and whose question nobody answers: only the caller's clock ends that.
func partAsks([]string) error {
	s := newSystem()
	if state, err := s.State(context.Background()); err != nil || state != Locked {
		return fmt.Errorf("state %v: %w", state, err)
	}
	ctx, cancel := context.WithTimeoutCause(context.Background(), answerTime+time.Second, ErrTimeout)
	defer cancel()
	if _, err := s.Get(ctx, "you"); !errors.Is(err, ErrTimeout) {
		return fmt.Errorf("the first call: %w", err)
	}
	ctx, cancel = moment()
	defer cancel()
	if err := s.Set(ctx, "you", "text"); !errors.Is(err, ErrTimeout) {
		return fmt.Errorf("a later call: %w", err)
	}
	return nil
}

// partLocked has a real keyring that is locked, and no window that could be opened.
func partLocked([]string) error {
	s, ctx := newSystem(), context.Background()
	if state, err := s.State(ctx); err != nil || state != Locked {
		return fmt.Errorf("state %v: %w", state, err)
	}
	_, getErr := s.Get(ctx, "you")
	for _, err := range []error{getErr, s.Set(ctx, "you", "text"), s.Delete(ctx, "you"), s.DeleteAll(ctx, nil)} {
		if !errors.Is(err, ErrLocked) {
			return fmt.Errorf("got %w", err)
		}
	}
	return nil
}

// TestRestarted has a keyring that ends and comes back while a process is using it.
func TestRestarted(t *testing.T) {
	t.Parallel()
	need.Programs(t, need.Keyring...)
	ring, err := stage.OpenKeyring(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer ring.Stop()
	cmd := part.Command(t, "restarts", ring.Environ()...)
	said, goOn := pipes(t, cmd)
	if line, err := said.ReadString('\n'); err != nil {
		t.Fatal(line, err)
	}
	if err := ring.Restart(); err != nil {
		t.Error(err)
	}
	_ = goOn.Close()
	if line, _ := said.ReadString('\n'); cmd.Wait() != nil {
		t.Error(line)
	}
}

func pipes(t *testing.T, cmd *exec.Cmd) (said *bufio.Reader, goOn interface{ Close() error }) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return bufio.NewReader(out), in
}

func partRestarts([]string) error {
	s, ctx := newSystem(), context.Background()
	if err := s.Set(ctx, "you", "text"); err != nil {
		return err
	}
	fmt.Println("set")
	_, _ = os.Stdin.Read(make([]byte, 1)) // until it has restarted
	if text, err := s.Get(ctx, "you"); err != nil || text != "text" {
		return fmt.Errorf("%q %w", text, err)
	}
	return s.Set(ctx, "you", "another")
}
