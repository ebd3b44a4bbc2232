package stage

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// keyringStart is how long a keyring may take to start; on a busy machine it is a quarter of a second.
const keyringStart = 20 * time.Second

// StartKeyring starts a D-Bus session of its own with an unlocked gnome-keyring in it, which keeps its files below dir.
// A program finds it by the returned variables. stop ends both and waits until they have gone.
func StartKeyring(dir string) (env []string, stop func(), err error) {
	k, err := OpenKeyring(dir)
	if err != nil {
		return nil, nil, err
	}
	return k.Environ(), k.Stop, nil
}

// OpenKeyring is StartKeyring for who wants to do more with it.
//
// The bus knows no service files, so nothing else can be started through it: no second keyring, no window that asks
// for a password. A keyring that is locked later can only refuse.
func OpenKeyring(dir string) (*Keyring, error) {
	return openKeyring(dir, "gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets")
}

// OpenBus is a bus on which nothing offers a keyring, until Hang or Ask is called.
func OpenBus(dir string) (*Keyring, error) { return openKeyring(dir) }

// openKeyring has a bus, and on it the daemon with its arguments, if there is one.
func openKeyring(dir string, daemon ...string) (*Keyring, error) {
	for _, program := range append([]string{"sh", "dbus-daemon", "dbus-send"}, daemon[:min(1, len(daemon))]...) {
		if _, err := exec.LookPath(program); err != nil {
			return nil, fmt.Errorf("start a keyring: %w", err)
		}
	}
	runtime, err := os.MkdirTemp("", "keyring-") // dir may be too long for a socket: 107 bytes are allowed
	if err != nil {
		return nil, fmt.Errorf("start a keyring: %w", err)
	}
	k := &Keyring{dir: dir, runtime: runtime, daemon: daemon}
	k.stopped = sync.OnceFunc(k.stop)
	if err := k.start(); err != nil {
		k.Stop()
		return nil, fmt.Errorf("start a keyring: %w", err)
	}
	return k, nil
}

// Keyring is a running bus and its keyring, and the shell that looks after them.
type Keyring struct {
	dir, runtime string
	daemon       []string
	keeper       *exec.Cmd
	lifeline     *os.File
	ended        chan struct{}
	stopped      func()
	service      io.Closer // one of our own, see secretservice.go
}

// Environ are the variables by which a program finds it.
func (k *Keyring) Environ() []string { return []string{k.address()} }

// Stop ends the processes, waits until they have gone, and removes the runtime folder.
func (k *Keyring) Stop() { k.stopped() }

// keeperScript ends both when its stdin ends, and so even when the test that started it is killed; a line there starts
// the keyring anew. It ignores what the keyboard sends: Ctrl-C in the demo is meant for git.
//
// The bus has to answer before the keyring starts: its socket is there a moment before anything listens, and a keyring
// that finds nobody then does not try again.
const keeperScript = `
trap '' INT QUIT TSTP
dbus-daemon --config-file="$1" --nofork --nopidfile --nosyslog </dev/null &
bus=$!
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetId >/dev/null 2>&1
do kill -0 $bus || exit 1; sleep 0.01; done
shift 1
ring=
begin() {
	test $# -gt 0 || return 0
	printf unlocked | "$@" &
	ring=$!
}
begin "$@"
while read -r _; do kill $ring; wait $ring; begin "$@"; done
test -z "$ring" || kill -KILL $ring # KeePassXC, told politely, waits for a bus that has gone
kill $bus
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

func (k *Keyring) socket() string { return filepath.Join(k.runtime, "bus") }

func (k *Keyring) address() string { return "DBUS_SESSION_BUS_ADDRESS=unix:path=" + k.socket() }

func (k *Keyring) start() error {
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
	arguments := append([]string{"-c", keeperScript, "keyring", configuration}, k.daemon...)
	k.keeper = exec.Command("sh", arguments...)
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
func (k *Keyring) environment() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "QT_QPA_PLATFORM=offscreen", k.address(),
		"HOME=" + k.dir, "XDG_RUNTIME_DIR=" + k.runtime,
		"XDG_DATA_HOME=" + filepath.Join(k.dir, ".local", "share"),
		"XDG_CONFIG_HOME=" + filepath.Join(k.dir, ".config"),
		"XDG_CACHE_HOME=" + filepath.Join(k.dir, ".cache"),
	}
}

// Restart ends the keyring and starts it anew, on the same bus; like the first one, it is unlocked.
func (k *Keyring) Restart() error {
	before := k.ask(ownerOfSecrets...)
	if _, err := k.lifeline.WriteString("\n"); err != nil {
		return err
	}
	return k.await(func() bool {
		now := k.ask(ownerOfSecrets...)
		return now != "" && now != before && k.ask(loginLocked...) != ""
	})
}

// Gone tells that nothing keeps secrets on the bus any longer.
func (k *Keyring) Gone() bool { return k.ask(ownerOfSecrets...) == "" }

// Lock locks what is kept. Nobody can unlock it again.
func (k *Keyring) Lock() error {
	if k.ask("--dest=org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
		"array:objpath:/org/freedesktop/secrets/collection/login") == "" {
		return errors.New("the keyring cannot be locked")
	}
	return nil
}

// Items is how many secrets are kept.
func (k *Keyring) Items() (int, error) {
	answer := k.ask(loginItems...)
	if answer == "" {
		return 0, errors.New("the keyring does not say what it keeps")
	}
	return strings.Count(answer, "/org/freedesktop/secrets/collection/login/"), nil
}

// Memory is what the process that keeps the secrets has in memory, in KiB.
func (k *Keyring) Memory() (int, error) {
	answer := strings.Fields(k.ask(processOfSecrets...))
	if len(answer) == 0 {
		return 0, errors.New("the bus does not say which process keeps the secrets")
	}
	status, err := os.ReadFile(filepath.Join("/proc", answer[len(answer)-1], "status"))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(status), "\nVmRSS:")
	var size int
	_, err = fmt.Sscanf(rest, "%d kB", &size)
	return size, err
}

// awaitService waits until the keyring's login collection is unlocked: the name alone is on the bus a moment earlier. A
// bus without a keyring has to answer by itself.
func (k *Keyring) awaitService() error {
	if len(k.daemon) == 0 {
		return k.await(func() bool { return k.ask("--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames") != "" })
	}
	return k.await(func() bool { return k.locked("false") })
}

// locked tells whether the login collection answers so, "true" or "false", when asked if it is locked.
func (k *Keyring) locked(so string) bool {
	return strings.HasSuffix(strings.TrimSpace(k.ask(loginLocked...)), "boolean "+so)
}

// What dbus-send is to ask.
var (
	loginLocked = []string{
		"--dest=org.freedesktop.secrets", "/org/freedesktop/secrets/collection/login",
		"org.freedesktop.DBus.Properties.Get", "string:org.freedesktop.Secret.Collection", "string:Locked",
	}
	loginItems = []string{
		"--dest=org.freedesktop.secrets", "/org/freedesktop/secrets/collection/login",
		"org.freedesktop.DBus.Properties.Get", "string:org.freedesktop.Secret.Collection", "string:Items",
	}
	processOfSecrets = []string{
		"--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.GetConnectionUnixProcessID", "string:org.freedesktop.secrets",
	}
	ownerOfSecrets = []string{
		"--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.GetNameOwner", "string:org.freedesktop.secrets",
	}
)

// ask is what somebody on the bus answers, without the line that says who and when; "" for nothing.
func (k *Keyring) ask(words ...string) string {
	ask := exec.Command("dbus-send", append([]string{"--session", "--print-reply=literal"}, words...)...)
	ask.Env = k.environment()
	out, err := ask.Output()
	if err != nil {
		return ""
	}
	return "answer:" + string(out)
}

func (k *Keyring) await(reached func() bool) error {
	for deadline := time.Now().Add(keyringStart); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if reached() {
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

func (k *Keyring) failure(what string) error {
	log, _ := os.ReadFile(filepath.Join(k.runtime, "log"))
	return errors.New(what + "\n" + string(log))
}

func (k *Keyring) stop() {
	if k.service != nil {
		_ = k.service.Close()
	}
	if k.lifeline != nil {
		_ = k.lifeline.Close()
	}
	if k.ended != nil {
		<-k.ended
	}
	_ = os.RemoveAll(k.runtime)
}
