//go:build linux

package stage

import (
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain plays, when asked to, the program of TestLeaveTerminal.
func TestMain(m *testing.M) {
	if os.Getenv("STAGE_TEST_LEAVES_TERMINAL") != "" {
		LeaveTerminal()
		_, err := os.Open("/dev/tty")
		fmt.Println("terminal within reach:", err == nil)
		os.Exit(7)
	}
	os.Exit(m.Run())
}

// newWorld has some program in the place of bbgit: nothing here runs it.
func newWorld(t *testing.T) *World {
	t.Helper()
	program, err := exec.LookPath("true")
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(t.TempDir(), program)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func open(t *testing.T, w *World, name string, args ...string) *Terminal {
	t.Helper()
	terminal, err := w.Terminal(w.Command(name, args...))
	if err != nil {
		t.Fatal(err)
	}
	return terminal
}

func play(t *testing.T, terminal *Terminal, dialogue string) Exit {
	t.Helper()
	if err := terminal.Play(dialogue); err != nil {
		t.Fatal(err)
	}
	exit, err := terminal.Wait()
	if err != nil {
		t.Fatal(err)
	}
	return exit
}

func TestWorldKeepsTheTesterOut(t *testing.T) {
	t.Setenv("GIT_AUTHOR_NAME", "tester")
	t.Setenv("DISPLAY", ":0")
	w := newWorld(t)
	environ := strings.Join(w.Environ(), "\n")
	for _, foreign := range []string{"GIT_AUTHOR_NAME", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SSH_"} {
		if strings.Contains(environ, foreign) {
			t.Errorf("%s is in the environment", foreign)
		}
	}
	out, err := w.Command("git", "config", "--list", "--show-origin").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if !strings.HasPrefix(line, "file:"+w.Home) {
			t.Errorf("configuration from elsewhere: %s", line)
		}
	}
}

func TestTerminalTypesOnceEchoIsOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Secrets.Add("TOKEN", "ATATT3xFfGF0-throw-away")
	terminal := open(t, w, "sh", "-c", `printf 'API token: '; stty -echo; read x; stty echo; echo "${#x} letters"; exit 3`)
	exit := play(t, terminal, "expect API token:\necho-off\ntype <TOKEN>\nexpect 23 letters\n")
	if exit.Code != 3 {
		t.Errorf("ended with %v", exit)
	}
	if found := w.Secrets.In(terminal.Raw()); found != nil {
		t.Errorf("%v was shown", found)
	}
}

func TestTerminalIsTheControllingOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	terminal := open(t, w, "sh", "-c", `exec </dev/null >/dev/null 2>&1; echo asked >/dev/tty; read x </dev/tty; kill -TERM $$`)
	exit := play(t, terminal, "expect asked\npress enter\n")
	if exit.String() != "signal terminated" {
		t.Errorf("ended with %v", exit)
	}
}

func TestTerminalKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if exit := play(t, open(t, w, "cat"), "echo-on\npress ctrl-c"); exit.String() != "signal interrupt" {
		t.Errorf("ctrl-c: %v", exit)
	}
	if exit := play(t, open(t, w, "cat"), "press ctrl-d"); exit.Code != 0 || exit.Signal != 0 {
		t.Errorf("ctrl-d: %v", exit)
	}
	if exit := play(t, open(t, w, "sleep", "60"), "hang-up"); exit.String() != "signal hangup" {
		t.Errorf("hang-up: %v", exit)
	}
}

func TestTerminalTellsWhatWasMissing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Secrets.Add("TOKEN", "ATATT3xFfGF0-throw-away")
	terminal := open(t, w, "echo", "leaked ATATT3xFfGF0-throw-away")
	err := terminal.Play("expect something else")
	if err == nil || !strings.Contains(err.Error(), "something else") || !strings.Contains(err.Error(), "leaked <TOKEN>") {
		t.Errorf("got %v", err)
	}
	if _, err := terminal.Wait(); err != nil {
		t.Error(err)
	}
}

func TestScreenWithoutEscapes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	terminal := open(t, w, "printf", `\033[1mbold\033[0m \033]8;;https://x/\033\\link\033]8;;\033\\ \033[?2004hpaste`)
	play(t, terminal, "expect bold link paste")
}

func TestScreenShowsTheLastStateOfALine(t *testing.T) {
	t.Parallel()
	terminal := open(t, newWorld(t), "printf", `one\rtwo\nCounting: 1%%\rCounting: 100%%, done\rC\n`)
	play(t, terminal, "")
	if got := terminal.Screen(); got != "two\nCounting: 100%, done\n" {
		t.Errorf("%q", got)
	}
}

// TestWatcherFindsWhatIsPlanted proves that silence of the watcher means something.
func TestWatcherFindsWhatIsPlanted(t *testing.T) {
	t.Parallel()
	const value = "ATATT3xFfGF0+throw/away=1234ABCD"
	plants := map[string]func(t *testing.T, w *World, x *Watcher){
		"argument of sh": func(t *testing.T, w *World, x *Watcher) {
			runUntilSeen(t, x, w.Command("sh", "-c", "read x", value))
		},
		"environment of sh": func(t *testing.T, w *World, x *Watcher) {
			cmd := w.Command("sh", "-c", "read x")
			cmd.Env = append(cmd.Env, "LEAK="+value)
			runUntilSeen(t, x, cmd)
		},
		"file ~/.cache/notes": func(t *testing.T, w *World, x *Watcher) {
			plantFile(t, filepath.Join(w.Home, ".cache", "notes"), "token: "+value)
			x.Files()
		},
		"file thesis/.git/config": func(t *testing.T, w *World, x *Watcher) {
			plantFile(t, filepath.Join(w.Dir, "thesis", ".git", "config"), "https://you:ATATT3xFfGF0%2Bthrow%2Faway%3D1234ABCD@bitbucket.org")
			x.Files()
		},
		"screen": func(t *testing.T, w *World, x *Watcher) {
			terminal := open(t, w, "cat")
			exit := play(t, terminal, "type <TOKEN>\nexpect <TOKEN>\npress ctrl-d") // too early: the echo is on
			x.Text("screen", terminal.Raw())
			if exit.Code != 0 {
				t.Error(exit)
			}
		},
		"trace, user name of 0 letters": plantBasicAuth(""),
		"trace, user name of 1 letters": plantBasicAuth("u"),
		"trace, user name of 2 letters": plantBasicAuth("us"),
	}
	for place, plant := range plants {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Secrets.Add("TOKEN", value)
			watcher := w.Watch()
			plant(t, w, watcher)
			found := strings.Join(watcher.Stop(), "\n")
			if !strings.Contains(found, "<TOKEN> was seen in: "+place) {
				t.Errorf("found only %q", found)
			}
			if strings.Contains(found, value) {
				t.Error("the report itself shows the secret")
			}
		})
	}
}

// runUntilSeen lets cmd wait for its input until the watcher has seen a secret.
func runUntilSeen(t *testing.T, x *Watcher, cmd *exec.Cmd) {
	t.Helper()
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(patience)
	for len(x.sightings()) == 0 && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	stdin.Close()
	_ = cmd.Wait() // read fails at the end of its input
}

func plantFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func plantBasicAuth(user string) func(*testing.T, *World, *Watcher) {
	return func(t *testing.T, w *World, x *Watcher) {
		header := base64.StdEncoding.EncodeToString([]byte(user + w.Secrets.Reveal("<TOKEN>")))
		x.Text(fmt.Sprintf("trace, user name of %d letters", len(user)), []byte("Authorization: Basic "+header))
	}
}

func TestWatcherKeepsQuietAboutAllowedPlaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Secrets.Add("DEAD", "ATBBthrowaway")
	w.Secrets.Add("TOKEN", "ATATTthrowaway")
	watcher := w.Watch()
	watcher.Allow("DEAD", "file ~/.git-credentials")
	watcher.Allow("TOKEN", "argument of git*")
	watcher.Text("file ~/.git-credentials", []byte("ATBBthrowaway ATATTthrowaway"))
	watcher.Text("argument of git-remote-https", []byte("ATATTthrowaway"))
	found := watcher.Stop()
	if len(found) != 1 || found[0] != "<TOKEN> was seen in: file ~/.git-credentials" {
		t.Errorf("found %q", found)
	}
}

func TestCloseNamesAndEndsWhatIsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plantFile(t, filepath.Join(w.Tmp, "bbgit-123", "socket"), "")
	if err := w.Command("sh", "-c", "sleep 1000 >/dev/null 2>&1 &").Run(); err != nil {
		t.Fatal(err)
	}
	err := fmt.Sprint(w.Close())
	for _, want := range []string{"still running: sleep (sleep 1000)", "left behind in TMPDIR: bbgit-123"} {
		if !strings.Contains(err, want) {
			t.Errorf("%q lacks %q", err, want)
		}
	}
	if left := len(w.processes(nil)); left > 0 {
		t.Errorf("%d are still there", left)
	}
}

func TestLeaveTerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w.Setenv("STAGE_TEST_LEAVES_TERMINAL", "1")
	exit := play(t, open(t, w, self), "expect terminal within reach: false")
	if exit.Code != 7 {
		t.Errorf("ended with %v", exit)
	}
}
