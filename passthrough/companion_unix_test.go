//go:build unix

package passthrough

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// script is an environment for the shim whose companion does as it is told; see
// testdata/shim. It returns the file that is told of each call, too.
func (p place) script(entries ...string) (env []string, log string) {
	log = filepath.Join(p.home, "log")
	return p.env(append(entries, "SHIM_LOG="+log)...), log
}

func TestCompanionIsCalledInOrder(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		program string
		line    string
		calls   []string
	}{
		{"untouched", shim(t), "config", nil},
		{"no word", shim(t), "-C .", nil},
		{"lent", shim(t), "-C . status", []string{"lend status"}},
		{"stays", shim(t), "-C . fetch", []string{"join fetch 2 GIT", "env", "after 3 0", "close"}},
		{"unknown", shim(t), "alias", []string{"join alias 0 GIT", "env", "after 3 0", "close"}},
		{"untouched without exec", shimWithoutExec(t), "config", nil},
		{"lent without exec", shimWithoutExec(t), "status", []string{"lend status"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			git := p.standIn(t, `echo "$LENT$JOINED"; exit 3`)
			env, log := p.script("SHIM_LEND=LENT=lent", "SHIM_JOIN=JOINED=joined")
			got := p.run(t, env, test.program, strings.Fields(test.line)...)
			if got.status.ExitStatus() != 3 || got.stderr != "" {
				t.Errorf("%+v", got)
			}
			var calls []string
			if exists(log) {
				calls = lines(t, log)
			}
			for i := range calls {
				calls[i] = strings.ReplaceAll(calls[i], git, "GIT")
			}
			if !slices.Equal(calls, test.calls) {
				t.Errorf("calls %q, want %q", calls, test.calls)
			}
			added := map[bool]string{true: "joined\n", false: "\n"}[len(calls) > 1]
			if len(calls) == 1 {
				added = "lent\n"
			}
			if got.stdout != added {
				t.Errorf("git's environment has %q, want %q", got.stdout, added)
			}
		})
	}
}

func TestWithoutCompanion(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `exit 3`)
	for _, r := range routes(t) {
		if got := p.run(t, p.env("SHIM_ALONE=yes"), r.program, r.word); got.status.ExitStatus() != 3 || got.stderr != "" {
			t.Errorf("%s: %+v", r.name, got)
		}
	}
}

func TestNextRun(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	// Ends with 3 once, and with what it is told from then on.
	p.standIn(t, `echo "$JOINED $*"; test -e once || { : >once; exit 3; }; exit "$2"`)
	env, log := p.script("SHIM_NEXT=checkout 7", "SHIM_JOIN=JOINED=joined")
	got := p.run(t, env, shim(t), "clone", "url")
	if got.status.ExitStatus() != 7 || got.stdout != "joined clone url\njoined checkout 7\n" || got.stderr != "" {
		t.Errorf("%+v", got)
	}
	if got := lines(t, log)[2:]; !slices.Equal(got, []string{"after 3 0", "after 7 0", "close"}) {
		t.Errorf("calls %q", got)
	}
}

func TestNextRunDiesOfASignal(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `test "$1" = again && kill -TERM $$; exit 3`)
	env, _ := p.script("SHIM_NEXT=again")
	if got := p.run(t, env, shim(t), "fetch"); got.status.Signal() != syscall.SIGTERM {
		t.Errorf("%+v", got)
	}
}

func TestCompanionThatNeverHasEnough(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `echo run; exit 3`)
	env, _ := p.script("SHIM_NEXT=again", "SHIM_TIMES=1000")
	got := p.run(t, env, shim(t), "fetch")
	if got.status.ExitStatus() != 3 || strings.Count(got.stdout, "run") != mostRuns {
		t.Errorf("%+v", got)
	}
}

func TestNextRunThatCannotBeStarted(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `rm "$0"; exit 3`)
	env, log := p.script("SHIM_NEXT=again")
	got := p.run(t, env, shim(t), "fetch")
	if got.status.ExitStatus() != 3 || !strings.HasPrefix(got.stderr, "bbgit: "+cannotRun) {
		t.Errorf("%+v", got)
	}
	if got := lines(t, log); got[len(got)-1] != "close" {
		t.Errorf("calls %q", got)
	}
}

// TestNothingRunsAfterASignal: who ends git does not want another one.
func TestNothingRunsAfterASignal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		script string
		runs   int
	}{
		"git died of it":         {`kill -INT $$`, 1},
		"git was stopped by it":  {`trap 'exit 3' INT; kill -INT $PPID; while :; do sleep 0.01; done`, 1},
		"git did not mind it":    {`trap 'again=no' INT; kill -INT $PPID; while test -z "$again"; do sleep 0.01; done; exit 0`, 2},
		"git failed without one": {`exit 3`, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `echo run; test "$1" = again && exit 0; `+test.script)
			env, log := p.script("SHIM_NEXT=again")
			got := p.run(t, env, shim(t), "fetch")
			if strings.Count(got.stdout, "run") != test.runs {
				t.Errorf("%+v, want %d runs", got, test.runs)
			}
			if got := lines(t, log); len(got) != 3+test.runs || got[len(got)-1] != "close" {
				t.Errorf("calls %q", got)
			}
		})
	}
}

// TestInterruptedCompanion is told of a git that was stopped, and that there is
// nothing left to do about it.
func TestInterruptedCompanion(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `trap 'exit 3' TERM; kill -TERM $PPID; while :; do sleep 0.01; done`)
	env, log := p.script("SHIM_WAIT=after")
	if got := p.run(t, env, shim(t), "fetch"); got.status.ExitStatus() != 3 || got.stderr != "" {
		t.Errorf("%+v", got)
	}
	if got := lines(t, log)[2:]; !slices.Equal(got, []string{"after 3 0", "stopped", "close"}) {
		t.Errorf("calls %q", got)
	}
}

// TestCompanionWithNobodyToReadIt writes to a pipe whose reader is gone. By Go's
// custom that would end us, and with us git's result.
func TestCompanionWithNobodyToReadIt(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"join", "after", "close"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `exit 3`)
			env, log := p.script("SHIM_SAY=" + method)
			read, write, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			read.Close()
			defer write.Close()
			cmd := p.command(env, shim(t), "fetch")
			cmd.Stderr = write
			cmd.Run()
			if got := cmd.ProcessState.ExitCode(); got != 3 || !slices.Contains(lines(t, log), "said: false") {
				t.Errorf("ended with %v; calls %q", cmd.ProcessState, lines(t, log))
			}
		})
	}
}

func TestEnvironmentsDoNotShareAnArray(t *testing.T) {
	t.Parallel()
	env := clip(append(make([]string, 0, 8), "A=1"))
	first := append(env, "B=first")
	second := append(env, "B=second")
	if first[1] != "B=first" || second[1] != "B=second" {
		t.Errorf("%q, %q", first, second)
	}
}

// TestPanic: whatever happens to the companion, git's result stands, and what
// the panic was about is not shown.
func TestPanic(t *testing.T) {
	t.Parallel()
	for method, word := range map[string]string{
		"lend": "status", "join": "fetch", "env": "fetch", "after": "fetch", "close": "fetch",
	} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `echo run; exit 3`)
			env, log := p.script("SHIM_FAIL=" + method)
			got := p.run(t, env, shim(t), word)
			if got.status.ExitStatus() != 3 || got.stdout != "run\n" || got.stderr != "bbgit: "+ownMistake+"\n" {
				t.Errorf("%+v", got)
			}
			calls := lines(t, log)
			if last := calls[len(calls)-1]; method != "lend" && method != "join" && last != "close" {
				t.Errorf("calls %q", calls)
			}
		})
	}
}

// TestSignalWhileTheCompanionIsAtWork: git is not there, so it is us that the
// signal ends; but only when the companion has cleaned up.
func TestSignalWhileTheCompanionIsAtWork(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT} {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `: >ready; exit 3`)
			env, log := p.script("SHIM_WAIT=after", "SHIM_NEXT=again")
			j := p.start(t, env, shim(t), "fetch")
			eventually(t, "the companion is at work", func() bool { return slices.Contains(lines(t, log), "after 3 0") })
			syscall.Kill(-j.cmd.Process.Pid, s)
			if status := j.end(t); status.Signal() != s {
				t.Errorf("ended with %v", status)
			}
			if got := lines(t, log)[2:]; !slices.Equal(got, []string{"after 3 0", "stopped", "close"}) {
				t.Errorf("calls %q", got)
			}
		})
	}
}

// TestDeafCompanion: one that does not stop does not keep us for ever.
func TestDeafCompanion(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"join", "after", "close"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `echo git; exit 3`)
			env, log := p.script("SHIM_WAIT="+method, "SHIM_DEAF=yes")
			j := p.command(env, shim(t), "fetch")
			if err := j.Start(); err != nil {
				t.Fatal(err)
			}
			defer time.AfterFunc(patience, func() { j.Process.Kill() }).Stop()
			eventually(t, "the companion is at work", func() bool {
				if !exists(log) {
					return false
				}
				calls := lines(t, log)
				return strings.HasPrefix(calls[len(calls)-1], method)
			})
			j.Process.Signal(syscall.SIGTERM)
			j.Wait()
			status := j.ProcessState.Sys().(syscall.WaitStatus)
			ended := status.Signal() == syscall.SIGTERM || method == "close" && status.ExitStatus() == 3
			if !ended {
				t.Errorf("ended with %v", j.ProcessState)
			}
		})
	}
}
