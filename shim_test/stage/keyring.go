package stage

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// keyringStart is how long a keyring may take to start; on a busy machine it is a quarter of a second.
const keyringStart = 20 * time.Second

// StartKeyring starts a D-Bus session of its own with an unlocked gnome-keyring in it, which keeps its files below dir.
// A program finds it by the returned variables. stop ends both and waits until they have gone.
//
// The bus knows no service files, so nothing else can be started through it: no second keyring, no window that asks
// for a password. A keyring that is locked later can only refuse.
func StartKeyring(dir string) (env []string, stop func(), err error) {
	for _, program := range []string{"sh", "dbus-daemon", "dbus-send", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			return nil, nil, fmt.Errorf("start a keyring: %w", err)
		}
	}
	runtime, err := os.MkdirTemp("", "keyring-") // dir may be too long for a socket: 107 bytes are allowed
	if err != nil {
		return nil, nil, fmt.Errorf("start a keyring: %w", err)
	}
	k := &keyring{dir: dir, runtime: runtime}
	if err := k.start(); err != nil {
		k.stop()
		return nil, nil, fmt.Errorf("start a keyring: %w", err)
	}
	return []string{k.address()}, sync.OnceFunc(k.stop), nil
}

// keyring is a running bus and its keyring, and the shell that looks after them.
type keyring struct {
	dir, runtime string
	keeper       *exec.Cmd
	lifeline     *os.File
	ended        chan struct{}
}

// keeperScript ends both when its stdin ends, and so even when the test that started it is killed. It ignores what
// the keyboard sends: Ctrl-C in the demo is meant for git.
const keeperScript = `
trap '' INT QUIT TSTP
dbus-daemon --config-file="$1" --nofork --nopidfile --nosyslog </dev/null &
bus=$!
until test -S "$2"; do kill -0 $bus || exit 1; sleep 0.01; done
printf unlocked | gnome-keyring-daemon --unlock --foreground --components=secrets &
ring=$!
read -r _
kill $ring $bus
wait
`

const busConfiguration = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

func (k *keyring) socket() string { return filepath.Join(k.runtime, "bus") }

func (k *keyring) address() string { return "DBUS_SESSION_BUS_ADDRESS=unix:path=" + k.socket() }

func (k *keyring) start() error {
	configuration := filepath.Join(k.runtime, "bus.conf")
	if err := os.WriteFile(configuration, fmt.Appendf(nil, busConfiguration, k.socket()), 0o600); err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(k.runtime, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	stdin, lifeline, err := os.Pipe()
	if err != nil {
		return err
	}
	defer stdin.Close()
	k.lifeline = lifeline
	k.keeper = exec.Command("sh", "-c", keeperScript, "keyring", configuration, k.socket())
	k.keeper.Env = k.environment()
	k.keeper.Dir, k.keeper.Stdin, k.keeper.Stdout, k.keeper.Stderr = k.runtime, stdin, log, log
	if err := k.keeper.Start(); err != nil {
		return err
	}
	k.ended = make(chan struct{})
	go func() { _ = k.keeper.Wait(); close(k.ended) }()
	return k.awaitService()
}

// environment keeps everything inside dir, and nothing of the tester's own session in.
func (k *keyring) environment() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "LC_ALL=C", k.address(),
		"HOME=" + k.dir, "XDG_RUNTIME_DIR=" + k.runtime,
		"XDG_DATA_HOME=" + filepath.Join(k.dir, ".local", "share"),
		"XDG_CONFIG_HOME=" + filepath.Join(k.dir, ".config"),
		"XDG_CACHE_HOME=" + filepath.Join(k.dir, ".cache"),
	}
}

// awaitService waits until the keyring's login collection answers: the name alone is on the bus a moment earlier.
func (k *keyring) awaitService() error {
	for deadline := time.Now().Add(keyringStart); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		ask := exec.Command("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
			"/org/freedesktop/secrets/collection/login", "org.freedesktop.DBus.Properties.Get",
			"string:org.freedesktop.Secret.Collection", "string:Locked")
		ask.Env = k.environment()
		if ask.Run() == nil {
			return nil
		}
		select {
		case <-k.ended:
			return k.failure("it ended")
		default:
		}
	}
	return k.failure("no answer")
}

func (k *keyring) failure(what string) error {
	log, _ := os.ReadFile(filepath.Join(k.runtime, "log"))
	return errors.New(what + "\n" + string(log))
}

// stop ends the processes and removes the runtime folder.
func (k *keyring) stop() {
	if k.lifeline != nil {
		_ = k.lifeline.Close()
	}
	if k.ended != nil {
		<-k.ended
	}
	_ = os.RemoveAll(k.runtime)
}
