package passthrough

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestSignalsAlike ends git by each signal that people and systems send, with and without programs that have a say about
// signals, and compares what the one who waits is told with git alone.
func TestSignalsAlike(t *testing.T) {
	t.Parallel()
	for _, under := range []string{"", "timeout 1000", "timeout --foreground 1000", "timeout --preserve-status 1000", "nohup"} {
		for _, s := range []syscall.Signal{
			syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE, syscall.SIGQUIT, syscall.SIGKILL,
		} {
			for _, to := range []target{allOfThem, oneAlone} {
				t.Run(under+" "+s.String()+to.name, func(t *testing.T) {
					t.Parallel()
					p := newPlace(t)
					git := p.standIn(t, "ulimit -c 0; "+sleeper)
					want := p.ended(t, under, git, "fetch", s, to)
					for _, r := range routes(t) {
						if outlives(r, under, s, to) {
							continue
						}
						if got := p.ended(t, under, r.program, r.word, s, to); got != want {
							t.Errorf("%s: %v, and git alone: %v", r.name, got, want)
						}
					}
				})
			}
		}
	}
}

// A target is whom a signal is sent to.
type target struct {
	name string
	sign int // of the process id, for kill(2)
}

var (
	allOfThem = target{", to all of the group", -1}
	oneAlone  = target{", to the one that was started", 1}
)

// outlives tells of the one difference: a parent does not die of a SIGPIPE that is sent to it alone. The kernel sends
// it one for a write of its own as well, and Go does not tell which is which; see TestPipeSignalIsNotPassedOn. Nobody
// else sends one to a single process.
func outlives(r route, under string, s syscall.Signal, to target) bool {
	return !r.replaced && s == syscall.SIGPIPE && to == oneAlone && (under == "" || under == "nohup")
}

// ended returns how a git ended that was sent the signal while it waited. Under nohup a HUP does nothing; there a TERM
// ends it, and it is the only one that does.
func (p place) ended(t *testing.T, under, program, word string, s syscall.Signal, to target) syscall.WaitStatus {
	t.Helper()
	line := append(strings.Fields(under), program, word)
	j := p.start(t, p.env(), line[0], line[1:]...)
	pid := j.cmd.Process.Pid
	asleep(t, pid)
	syscall.Kill(to.sign*pid, s)
	if under == "nohup" && s == syscall.SIGHUP {
		syscall.Kill(-pid, syscall.SIGTERM)
	}
	if to == oneAlone && strings.HasPrefix(under, "timeout") && (s == syscall.SIGKILL || s == syscall.SIGPIPE) {
		j.cmd.Wait() // timeout passes neither on: it is gone, and git goes on, with us or without
		syscall.Kill(-pid, syscall.SIGKILL)
		return j.cmd.ProcessState.Sys().(syscall.WaitStatus)
	}
	return j.end(t)
}

// asleep waits until a process waits. The git that timeout(1) has started can be ready before timeout has learnt its
// number; a signal in between ends timeout with an exit code of its own (coreutils, timeout.c: cleanup).
func asleep(t *testing.T, pid int) {
	t.Helper()
	status := fmt.Sprintf("/proc/%d/status", pid)
	eventually(t, "the one that was started waits", func() bool {
		text, _ := os.ReadFile(status)
		return strings.Contains(string(text), "\nState:\tS")
	})
}

// TestTimeOut lets the clock of timeout(1) run out, which then speaks for git.
func TestTimeOut(t *testing.T) {
	t.Parallel()
	for _, options := range []string{"", "--foreground ", "--preserve-status ", "-s INT ", "-s HUP ", "-s KILL ", "-s QUIT "} {
		t.Run(options, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			git := p.standIn(t, "ulimit -c 0; exec sleep 1000")
			line := func(program, word string) []string {
				return append(strings.Fields(options), "0.2", program, word)
			}
			want := p.run(t, p.env(), "timeout", line(git, "fetch")...)
			for _, r := range routes(t) {
				if got := p.run(t, p.env(), "timeout", line(r.program, r.word)...); got != want {
					t.Errorf("%s: %+v, and git alone: %+v", r.name, got, want)
				}
			}
		})
	}
}

// TestKillEndsGitToo: who kills bbgit means git. SIGKILL cannot be passed on; the kernel gives git a TERM.
func TestKillEndsGitToo(t *testing.T) {
	t.Parallel()
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `sleep 1000 & trap 'kill $! 2>/dev/null; : >cleaned; exit' TERM; : >ready; wait`)
			j := p.start(t, p.env(), r.program, r.word)
			syscall.Kill(j.cmd.Process.Pid, syscall.SIGKILL)
			if r.replaced {
				j.cmd.Wait() // it was git itself
				return
			}
			if status := j.end(t); status.Signal() != syscall.SIGKILL {
				t.Errorf("ended with %v", status)
			}
			if _, err := os.Stat(filepath.Join(p.home, "cleaned")); err != nil {
				t.Errorf("git could not clean up: %v", err)
			}
		})
	}
}
