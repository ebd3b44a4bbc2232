package passthrough

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// A terminal is a pseudo-terminal with a program on it.
type terminal struct {
	t      *testing.T
	device *os.File
	mu     sync.Mutex
	screen bytes.Buffer // all that has been printed since the last line typed
}

// openTerminal starts a program as the leader of a session on a new terminal.
func openTerminal(t *testing.T, cmd *exec.Cmd) *terminal {
	t.Helper()
	device, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	term := &terminal{t: t, device: closable(t, device)}
	read := make(chan struct{})
	go func() {
		defer close(read)
		term.read()
	}()
	t.Cleanup(func() {
		term.device.Close()
		<-read
		cmd.Process.Signal(syscall.SIGHUP) // a shell hangs up its jobs as well
		cmd.Wait()
	})
	return term
}

// closable returns the terminal as a file that does not block: closing one that
// does waits for the reader, who waits for the programs on the terminal.
func closable(t *testing.T, device *os.File) *os.File {
	t.Helper()
	fd, err := syscall.Dup(int(device.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	syscall.CloseOnExec(fd)
	if err := syscall.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), "terminal")
}

func (term *terminal) read() {
	buffer := make([]byte, 4096)
	for {
		n, err := term.device.Read(buffer)
		term.mu.Lock()
		term.screen.Write(buffer[:n])
		term.mu.Unlock()
		if err != nil {
			return // EIO: nobody is on the other side any more
		}
	}
}

func (term *terminal) printed() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return strings.ReplaceAll(term.screen.String(), "\r", "")
}

// types types keys, and forgets what was printed before.
func (term *terminal) types(keys string) {
	term.t.Helper()
	term.mu.Lock()
	term.screen.Reset()
	term.mu.Unlock()
	if _, err := term.device.WriteString(keys); err != nil {
		term.t.Fatal(err)
	}
}

func (term *terminal) awaits(pattern string) []string {
	term.t.Helper()
	expression := regexp.MustCompile(pattern)
	defer func() {
		if term.t.Failed() {
			term.t.Logf("the screen shows %q", term.printed())
		}
	}()
	eventually(term.t, pattern, func() bool { return expression.MatchString(term.printed()) })
	return expression.FindStringSubmatch(term.printed())
}

// onTerminal is a git that says which of its files are the terminal, and whether
// its process group is the one in the foreground.
const onTerminal = `
for n in 0 1 2; do test -t $n && echo -n "$n=terminal " >>said; done
set -- $(cut -d ' ' -f 5,8 /proc/$$/stat)
test "$1" = "$2" && echo -n foreground >>said
echo . >>said`

func TestGitKeepsTheTerminal(t *testing.T) {
	t.Parallel()
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, onTerminal)
			// First without one, to see that this test can tell.
			p.run(t, p.env(), r.program, r.word)
			said := filepath.Join(p.home, "said")
			openTerminal(t, p.command(p.env(), r.program, r.word))
			eventually(t, "git has spoken twice", func() bool {
				content, _ := os.ReadFile(said)
				return strings.Count(string(content), "\n") == 2
			})
			got := lines(t, said)
			if got[0] != "." || got[1] != "0=terminal 1=terminal 2=terminal foreground." {
				t.Errorf("got %q", got)
			}
		})
	}
}

// aShell starts a shell with job control, as a person has one.
func (p place) aShell(t *testing.T) *terminal {
	t.Helper()
	cmd := p.command(p.env("PS1=ready> ", "HISTFILE="), "/bin/bash", "--norc", "--noprofile", "--noediting", "-i")
	term := openTerminal(t, cmd)
	term.awaits(`ready> $`)
	return term
}

// stateOf is the state of a process in one letter, as ps shows it; "" where there is none.
func stateOf(pid string) string {
	stat, _ := os.ReadFile(filepath.Join("/proc", pid, "stat"))
	_, rest, _ := strings.Cut(string(stat), ") ")
	state, _, _ := strings.Cut(rest, " ")
	return state
}

// asker is a git that asks: it can be stopped, continued, interrupted and
// answered. It asks once more after it was continued.
const asker = `
echo $$ >pid
trap 'echo continued' CONT
printf 'name? '
while ! read -r name; do :; done
echo "hello $name"; exit 9`

func TestJobControl(t *testing.T) {
	t.Parallel()
	for _, r := range append(routes(t), route{"git", "git", "fetch", false}) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, asker)
			term := p.aShell(t)
			line := r.program + " " + r.word + "\n"
			// The shell tells only that the process which it has started is stopped. A git that is not yet would take
			// the first key that is typed next.
			stops := func() {
				t.Helper()
				term.types("\x1a") // ^Z
				term.awaits(`(?s)Stopped.*ready> $`)
				pid := lines(t, filepath.Join(p.home, "pid"))[0]
				eventually(t, "git is stopped", func() bool { return stateOf(pid) == "T" })
			}

			term.types(line)
			term.awaits(`name\? $`)
			term.types("you\n")
			term.awaits(`hello you\n`)
			term.types("echo =$?=\n")
			term.awaits(`=9=`)

			term.types(line)
			term.awaits(`name\? $`)
			term.types("\x03") // ^C
			term.awaits(`ready> $`)
			term.types("echo =$?=\n")
			term.awaits(`=130=`)

			term.types(line)
			term.awaits(`name\? $`)
			term.types("\x1c") // ^\
			term.awaits(`(?s)Quit.*ready> $`)
			term.types("echo =$?=\n")
			term.awaits(`=131=`)

			term.types(line)
			term.awaits(`name\? $`)
			stops()
			term.types("echo =$?=\n")
			term.awaits(`=148=`)
			term.types("fg\n")
			term.awaits(`continued`)
			stops()
			term.types("fg\n")
			term.awaits(`continued`)
			term.types("again\n")
			term.awaits(`hello again\n`)
			term.types("echo =$?=\n")
			term.awaits(`=9=`)

			// In the background a question stops it, and a kill ends it.
			term.types(r.program + " " + r.word + " </dev/tty &\n")
			term.awaits(`name\? `)
			eventually(t, "the job is stopped", func() bool {
				term.types("jobs\n")
				term.awaits(`(?s)jobs\n.*ready> $`)
				return strings.Contains(term.printed(), "Stopped")
			})
			term.types("kill %1; fg\n")
			term.awaits(`(?s)Terminated.*ready> $`)
		})
	}
}

// TestHangUp closes the terminal's window.
func TestHangUp(t *testing.T) {
	t.Parallel()
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `cut -d ' ' -f 5 /proc/$$/stat >group; mv group ready; exec sleep 1000`)
			term := p.aShell(t)
			term.types(r.program + " " + r.word + "\n")
			ready := filepath.Join(p.home, "ready")
			eventually(t, "git runs", func() bool { return exists(ready) })
			group, err := strconv.Atoi(lines(t, ready)[0])
			if err != nil {
				t.Fatal(err)
			}
			term.device.Close()
			eventually(t, "nothing of the group is left", func() bool {
				return syscall.Kill(-group, 0) == syscall.ESRCH
			})
		})
	}
}
