package store

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/zalando/go-keyring"
)

// system is the keyring of the operating system: the Secret Service, macOS's keychain, Windows' credentials.
type system struct {
	*patient
	silent *atomic.Bool // it did not answer once; nobody in this process waits for that again
}

func newSystem() system { return system{newPatient(), new(atomic.Bool)} }

// answerTime is how long a keyring may take to say anything at all. gnome-keyring answers in 1 ms, and in 500 ms when
// the bus has to start it; a service that owns the name and hangs never does. How long a person may take to unlock
// it is not counted here.
const answerTime = 5 * time.Second

func (s system) Get(ctx context.Context, name string) (string, error) {
	return s.call(ctx, func() (string, error) { return keyring.Get(Service, name) })
}

func (s system) Set(ctx context.Context, name, text string) error {
	_, err := s.call(ctx, func() (string, error) { return "", set(name, text) })
	return err
}

func (s system) Delete(ctx context.Context, name string) error {
	_, err := s.call(ctx, func() (string, error) { return "", keyring.Delete(Service, name) })
	return err
}

func (s system) DeleteAll(ctx context.Context, _ []string) error {
	_, err := s.call(ctx, func() (string, error) { return "", keyring.DeleteAll(Service) })
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// call asks the keyring for something, when it is known to answer.
func (s system) call(ctx context.Context, f func() (string, error)) (string, error) {
	if _, err := s.State(ctx); err != nil {
		return "", err
	}
	return s.patient.call(ctx, func() (text string, err error) {
		err = onBus(func() error {
			text, err = f()
			return err
		})
		return text, explain(err)
	})
}

// State is what can be known of a keyring without asking the person anything.
type State int

const (
	// Unclear: it can be known only by use.
	Unclear State = iota
	// Unlocked: what is kept can be read now.
	Unlocked
	// Locked: the person will be asked for a password.
	Locked
)

// State asks the keyring how it is, within answerTime of its turn: before that it may be asking the person something, for
// another caller. It unlocks nothing. ErrNoKeyring, ErrSilent.
func (s system) State(ctx context.Context) (State, error) {
	if s.silent.Load() {
		return Unclear, ErrSilent
	}
	turn, err := s.take(ctx)
	if err != nil {
		return Unclear, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, answerTime, ErrSilent)
	defer cancel()
	var state State
	_, err = s.run(ctx, turn, func() (string, error) {
		return "", onBus(func() (err error) {
			state, err = peek(ctx)
			return err
		})
	})
	if err != nil {
		s.silent.Store(errors.Is(err, ErrSilent))
		return Unclear, err
	}
	return state, nil
}

// KeyringState asks the system's keyring how it is, within a few seconds. It unlocks nothing and reads nothing.
// ErrNoKeyring: there is none; ErrSilent: there is one that does not answer.
func KeyringState(ctx context.Context) (State, error) { return newSystem().State(ctx) }

// explain turns what go-keyring and the systems behind it say into errors that can be told apart. What is not known
// here is a keyring that cannot be used, with its own words as the reason.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound), nothingKept(err):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	case errors.Is(err, ErrNoKeyring):
		return err
	case stayedLocked(err):
		return ErrLocked
	case noLogonSession(err):
		return ErrNoSession
	}
	return fmt.Errorf("%w: %s", ErrNoKeyring, reason(err.Error()))
}

// stayedLocked recognises a dismissed or impossible unlocking. go-keyring has no error value for it; the first text is
// its own, the second is that of the Secret Service.
func stayedLocked(err error) bool {
	text := err.Error()
	if strings.Contains(text, "failed to unlock correct collection") || strings.Contains(text, "Secret.Error.IsLocked") {
		return true
	}
	// macOS's security tool ends with the low byte of the status: 36 is errSecInteractionNotAllowed (no window can be
	// shown, as over ssh), 51 errSecAuthFailed, 128 errSecUserCanceled.
	var tool *exec.ExitError
	return errors.As(err, &tool) && slices.Contains([]int{36, 51, 128}, tool.ExitCode())
}

// noLogonSession recognises ERROR_NO_SUCH_LOGON_SESSION, which Windows has for a logon without credentials of its own:
// one over ssh with a key, or a service.
func noLogonSession(err error) bool { return isWindowsError(err, 1312) }

// nothingKept recognises ERROR_NOT_FOUND, which Windows has for the list of a person's credentials while there is none
// of anybody's. go-keyring passes it on from DeleteAll.
func nothingKept(err error) bool { return isWindowsError(err, 1168) }

// isWindowsError compares with a number of
// https://learn.microsoft.com/windows/win32/debug/system-error-codes.
func isWindowsError(err error, number syscall.Errno) bool {
	var code syscall.Errno
	return runtime.GOOS == "windows" && errors.As(err, &code) && code == number
}

// reason is the text of an error on one line, put in plain words where that is possible. The two texts are what
// dbus-daemon and dbus-broker answer when nothing on the bus offers a keyring; the error's name is lost on the way.
func reason(text string) string {
	if strings.Contains(text, "was not provided by any .service files") || strings.Contains(text, "is not activatable") {
		return "no secret service on the session bus"
	}
	return strings.Join(strings.Fields(text), " ")
}
