//go:build unix && !darwin

package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// onBus calls the keyring with the session bus that exists, or fails before anything touches D-Bus.
//
// Left alone, go-keyring's D-Bus library looks for a bus and, when it finds none, runs dbus-launch, which starts a bus
// that nobody ends and whose keyring nobody has unlocked. The address goes into the environment for the time of the
// call, because the library looks nowhere else; git must not inherit a variable that the person did not set.
func onBus(call func() error) error {
	busLock.Lock()
	defer busLock.Unlock()
	address, known, err := findBus(os.Getenv, runtimeFolders())
	if err != nil {
		return err
	}
	if !known {
		before, set := os.LookupEnv(busVariable)
		if err := os.Setenv(busVariable, address); err != nil {
			return fmt.Errorf("%w: %w", ErrNoKeyring, err)
		}
		defer restore(before, set)
	}
	return call()
}

// SessionBus tells whether there is a session bus, the place where a keyring of Linux answers. Nothing is sent to it.
func SessionBus() bool {
	_, _, err := findBus(os.Getenv, runtimeFolders())
	return err == nil
}

// busLock keeps one call from taking the variable away while another still needs it.
var busLock sync.Mutex

const busVariable = "DBUS_SESSION_BUS_ADDRESS"

func restore(value string, set bool) {
	if set {
		_ = os.Setenv(busVariable, value)
	} else {
		_ = os.Unsetenv(busVariable)
	}
}

// findBus returns the address of the session bus, and whether the environment has it already. "autolaunch:" is the
// address that asks for dbus-launch. Without an address systemd's bus of the user counts, as over ssh or in cron.
func findBus(getenv func(string) string, folders []string) (address string, known bool, err error) {
	if address := getenv(busVariable); address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return address, true, nil
	}
	for _, folder := range folders {
		socket := filepath.Join(folder, "bus")
		if info, err := os.Stat(socket); err == nil && info.Mode().Type() == os.ModeSocket {
			return "unix:path=" + escapeAddress(socket), false, nil
		}
	}
	return "", false, fmt.Errorf("%w: no session bus", ErrNoKeyring)
}

// runtimeFolders are where a user's bus can be. A variable, so that tests never meet the tester's own.
var runtimeFolders = func() []string {
	folders := []string{filepath.Join("/run/user", strconv.Itoa(os.Getuid()))}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		folders = append([]string{dir}, folders...)
	}
	return folders
}

// escapeAddress writes a path as the D-Bus specification wants it in an address.
func escapeAddress(path string) string {
	var text strings.Builder
	for _, c := range []byte(path) {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_/.\\*", c) >= 0 {
			text.WriteByte(c)
		} else {
			fmt.Fprintf(&text, "%%%02x", c)
		}
	}
	return text.String()
}
