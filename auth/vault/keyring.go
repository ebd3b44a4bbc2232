package vault

import (
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/zalando/go-keyring"
)

// Keyring is where the tokens are kept; the operating system's own implements it, and a map in tests. A name that is
// not there is ErrNotFound.
type Keyring interface {
	Get(service, name string) (string, error)
	Set(service, name, text string) error
	Delete(service, name string) error
	DeleteAll(service string) error
}

// systemKeyring is the keyring of the operating system: the Secret Service, macOS's keychain, Windows' credentials.
type systemKeyring struct{}

func (systemKeyring) Get(service, name string) (text string, err error) {
	err = onBus(func() error {
		text, err = keyring.Get(service, name)
		return err
	})
	return text, explain(err)
}

func (systemKeyring) Set(service, name, text string) error {
	return explain(onBus(func() error { return keyring.Set(service, name, text) }))
}

func (systemKeyring) Delete(service, name string) error {
	return explain(onBus(func() error { return keyring.Delete(service, name) }))
}

func (systemKeyring) DeleteAll(service string) error {
	return explain(onBus(func() error { return keyring.DeleteAll(service) }))
}

// explain turns what go-keyring and the systems behind it say into errors that can be told apart. What is not known
// here is a keyring that cannot be used, with its own words as the reason.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	case errors.Is(err, ErrNoKeyring):
		return err
	case stayedLocked(err):
		return ErrLocked
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

// reason is the text of an error on one line, put in plain words where that is possible. The two texts are what
// dbus-daemon and dbus-broker answer when nothing on the bus offers a keyring; the error's name is lost on the way.
func reason(text string) string {
	if strings.Contains(text, "was not provided by any .service files") || strings.Contains(text, "is not activatable") {
		return "no secret service on the session bus"
	}
	return strings.Join(strings.Fields(text), " ")
}
