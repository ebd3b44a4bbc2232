package passthrough

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// deadly are the signals that end git, and that a person or a system sends.
var deadly = []syscall.Signal{
	syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGILL, syscall.SIGTRAP, syscall.SIGABRT,
	syscall.SIGBUS, syscall.SIGFPE, syscall.SIGKILL, syscall.SIGUSR1, syscall.SIGSEGV, syscall.SIGUSR2,
	syscall.SIGPIPE, syscall.SIGALRM, syscall.SIGTERM, syscall.SIGXCPU, syscall.SIGSYS,
}

func TestDiesAsGitDied(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `ulimit -c 0; kill -"$2" $$`)
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			for _, s := range deadly {
				got := p.run(t, p.env(), r.program, r.word, strconv.Itoa(int(s)))
				if !got.status.Signaled() || got.status.Signal() != s || got.stdout+got.stderr != "" {
					t.Errorf("git died of %v, we: %+v", s, got)
				}
			}
		})
	}
}

// TestShellThatDies is what happens where signals cannot be reset. A shell that
// is bash does not die of QUIT, and one that is zsh not of HUP either.
func TestShellThatDies(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, s := range deadly {
		got := p.run(t, p.env(), "/bin/sh", shellThatDiesOf(s)[1:]...)
		status := got.status.ExitStatus()
		tolerated := (s == syscall.SIGQUIT || s == syscall.SIGHUP) && (status == statusOf(s) || status == 1)
		if died := got.status.Signaled() && got.status.Signal() == s; !died && !tolerated {
			t.Errorf("%v: %+v", s, got)
		}
	}
}

const sleeper = `: >ready; exec sleep 1000`

func TestSignals(t *testing.T) {
	t.Parallel()
	for _, r := range routes(t) {
		for _, s := range []syscall.Signal{
			syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGKILL,
			syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM, syscall.SIGPIPE,
		} {
			t.Run(r.name+" "+s.String(), func(t *testing.T) {
				t.Parallel()
				p := newPlace(t)
				p.standIn(t, "ulimit -c 0; "+sleeper)
				group := p.start(t, p.env(), r.program, r.word)
				syscall.Kill(-group.cmd.Process.Pid, s)
				if status := group.end(t); !status.Signaled() || status.Signal() != s {
					t.Errorf("sent to all: %v", status)
				}
				// SIGPIPE is not passed on.
				if !r.replaced && s == syscall.SIGPIPE {
					return
				}
				alone := p.start(t, p.env(), r.program, r.word)
				syscall.Kill(alone.cmd.Process.Pid, s)
				if status := alone.end(t); !status.Signaled() || status.Signal() != s {
					t.Errorf("sent to us alone: %v", status)
				}
			})
		}
	}
}

// TestSignalsWithTheRealGit waits until git waits for the alias: a moment earlier
// git does not know yet that it has a child to end. It sleeps then, as it has no
// other reason to once the alias has begun.
func TestSignalsWithTheRealGit(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			waited := `until grep -q '^State:.S' /proc/$PPID/status; do :; done; `
			j := p.start(t, p.env(), shim(t), "-c", "alias.wait=!"+waited+sleeper, "wait")
			syscall.Kill(j.cmd.Process.Pid, s)
			if status := j.end(t); !status.Signaled() || status.Signal() != s {
				t.Errorf("ended with %v", status)
			}
		})
	}
}

// TestGitDecidesAboutASignal: a git that handles a signal ends as it likes.
func TestGitDecidesAboutASignal(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"INT", "TERM", "HUP", "QUIT"} {
		t.Run(s, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `sleep 1000 & trap 'kill $!; exit 5' `+s+`; : >ready; wait`)
			j := p.start(t, p.env(), shim(t), "fetch")
			syscall.Kill(j.cmd.Process.Pid, map[string]syscall.Signal{
				"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "QUIT": syscall.SIGQUIT,
			}[s])
			if status := j.end(t); status.ExitStatus() != 5 {
				t.Errorf("ended with %v", status)
			}
		})
	}
}

// TestIgnoredSignalsStayIgnored is nohup, and a script's command with &.
func TestIgnoredSignalsStayIgnored(t *testing.T) {
	t.Parallel()
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `: >ready; read -r line <fifo`)
			if err := syscall.Mkfifo(filepath.Join(p.home, "fifo"), 0o600); err != nil {
				t.Fatal(err)
			}
			j := p.start(t, p.env(), "/bin/sh", "-c", `trap '' HUP INT; exec "$0" "$@"`, r.program, r.word)
			syscall.Kill(-j.cmd.Process.Pid, syscall.SIGHUP)
			syscall.Kill(-j.cmd.Process.Pid, syscall.SIGINT)
			if err := os.WriteFile(filepath.Join(p.home, "fifo"), []byte("go on\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if status := j.end(t); status != 0 {
				t.Errorf("ended with %v", status)
			}
		})
	}
}

// TestPipeSignalIsNotPassedOn: a Companion's own write can raise it.
func TestPipeSignalIsNotPassedOn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `: >ready; read -r line <fifo; exit 6`)
	if err := syscall.Mkfifo(filepath.Join(p.home, "fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	j := p.start(t, p.env(), shim(t), "fetch")
	syscall.Kill(j.cmd.Process.Pid, syscall.SIGPIPE)
	if err := os.WriteFile(filepath.Join(p.home, "fifo"), []byte("go on\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status := j.end(t); status.ExitStatus() != 6 {
		t.Errorf("ended with %v", status)
	}
}

// TestClosedPipe is `bbgit fetch | head -1`.
func TestClosedPipe(t *testing.T) {
	t.Parallel()
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `exec yes`)
			cmd := p.command(p.env(), r.program, r.word)
			read, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			var stderr strings.Builder
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			io.CopyN(io.Discard, read, 2)
			read.Close()
			cmd.Wait()
			status := cmd.ProcessState.Sys().(syscall.WaitStatus)
			if status.Signal() != syscall.SIGPIPE || stderr.Len() > 0 {
				t.Errorf("ended with %v, %s", cmd.ProcessState, stderr.String())
			}
		})
	}
}
