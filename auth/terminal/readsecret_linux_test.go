package terminal_test

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 4094)
	for _, c := range []struct {
		name, keys string
		want       answer
	}{
		{"answer", typed + "\n", answer{Text: typed}},
		{"return key", typed + "\r", answer{Text: typed}},
		{"empty", "\n", answer{}},
		{"backspace and kill", "wrong\x15" + typed + "xy\x7f\x7f\n", answer{Text: typed}},
		{"utf-8", "zürich\n", answer{Text: "zürich"}},
		{"longest", long + "\n", answer{Text: long}},
		{"too long", long + "yz\n", answer{Err: "too long"}},
		{"second line of a paste", "first\nsecond\n", answer{Text: "first"}},
		{"ctrl-d", "\x04", answer{Err: "end"}},
		{"ctrl-d behind text, then return", typed + "\x04\n", answer{Text: typed}},
		{"ctrl-d behind text, twice", typed + "\x04\x04", answer{Text: typed}},
		{"ctrl-c", "half " + typed + "\x03", answer{Err: "interrupt"}},
		{"ctrl-backslash", typed + "\x1c", answer{Err: "quit"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			s.pid()
			s.ask()
			s.press(c.keys)
			s.finished(c.want)
		})
	}
}

func TestSignals(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			s := start(t)
			pid := s.pid()
			s.ask()
			s.press(typed)
			s.signal(pid, sig)
			s.finished(answer{Err: sig.String()})
			s.nothingPending()
			<-s.exited
			if status := s.cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != sig {
				t.Errorf("the process ended with %v, not by the signal", s.cmd.ProcessState)
			}
		})
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pid()
	s.ask()
	s.press(typed) // and no Enter
	s.command("cancel")
	s.finished(answer{Err: "cancelled"})
	s.nothingPending()
}

// nothingPending checks that no half-typed secret is left for the shell to read and to show.
func (s *session) nothingPending() {
	s.t.Helper()
	fd := int(s.tty.Fd())
	modes, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	modes.Lflag &^= unix.ICANON // as a shell's line editor does
	if err := unix.IoctlSetTermios(fd, unix.TCSETS, modes); err != nil {
		s.t.Fatal(err)
	}
	if n, err := unix.IoctlGetInt(fd, unix.TIOCINQ); err != nil || n != 0 {
		s.t.Errorf("%d characters are left in the terminal (%v)", n, err)
	}
}

func TestTypedAheadIsNoAnswer(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pid()
	s.press("early\n")
	s.await("early text", func() bool { return strings.Contains(s.shown(), "early") })
	s.ask()
	s.press(typed + "\n")
	s.finished(answer{Text: typed})
}

func TestSecondLineIsNotLeft(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pid()
	s.ask()
	s.press("first\n" + typed + "\nrest")
	s.finished(answer{Text: "first"})
	s.nothingPending()
}

func TestTerminalCloses(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pid()
	s.ask()
	s.keyboard.Close() // the kernel ends the reading and sends SIGHUP, in any order
	got := s.answer()
	if got.Err == "end" || got.Err == "hangup" {
		return
	}
	<-s.exited // the reading ended first, and the signal came when the question was over
	if status := s.cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != syscall.SIGHUP {
		t.Errorf("got %+v, %v", got, s.cmd.ProcessState)
	}
}

// shells are two kinds: one that leaves the modes of the terminal alone, and so shows whether they were put back, and
// one with a line editor, which has modes of its own at its prompt.
var shells = []struct {
	name    string
	command []string
	plain   bool
}{
	{"sh", []string{"/bin/sh", "-i"}, true},
	{"bash", []string{"bash", "--norc", "--noprofile", "-i"}, false},
}

// TestJobControl stops the question with Ctrl-Z and continues it with fg, twice.
func TestJobControl(t *testing.T) {
	t.Parallel()
	for _, shell := range shells {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			s := startShell(t, shell.command...)
			s.run("")
			pid := s.pid()
			s.ask()
			for range 2 {
				before, shells := strings.Count(s.shown(), prompt), strings.Count(s.shown(), "shell> ")
				s.press(typed + "\x1a")
				s.awaitStopped(pid)
				if shell.plain && !s.echo() {
					t.Error("stopped with echo off")
				}
				s.await("shell", func() bool { return strings.Count(s.shown(), "shell> ") > shells })
				s.press("fg\n")
				s.await("prompt after fg", func() bool { return strings.Count(s.shown(), prompt) > before })
				s.await("echo off after fg", func() bool { return !s.echo() })
			}
			s.press("after fg\n")
			s.finished(answer{Text: "after fg"})
		})
	}
}

// TestInBackground starts the question with "&": the kernel stops it until fg, and the prompt appears only then.
func TestInBackground(t *testing.T) {
	t.Parallel()
	for _, shell := range shells {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			s := startShell(t, shell.command...)
			s.run(" &")
			pid := s.pid()
			s.command(askSecret)
			s.awaitStopped(pid)
			// The shell learns of it a moment later, and before that its fg would wake nobody up.
			s.await("stopped job", func() bool {
				s.press("jobs\n")
				return strings.Contains(s.shown(), "Stopped")
			})
			if strings.Contains(s.shown(), prompt) {
				t.Errorf("a process in the background asked: %q", s.shown())
			}
			s.press("fg\n")
			s.await("prompt after fg", func() bool { return strings.Contains(s.shown(), prompt) })
			s.await("echo off after fg", func() bool { return !s.echo() })
			s.press(typed + "\n")
			s.finished(answer{Text: typed})
		})
	}
}

// TestStopWithoutWarning is SIGSTOP, which cannot be caught: after SIGCONT the question stands again.
func TestStopWithoutWarning(t *testing.T) {
	t.Parallel()
	s := start(t)
	pid := s.pid()
	s.ask()
	s.signal(pid, syscall.SIGSTOP)
	s.awaitStopped(pid)
	modes, err := unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	modes.Lflag |= unix.ECHO // as a shell may
	if err := unix.IoctlSetTermios(int(s.tty.Fd()), unix.TCSETS, modes); err != nil {
		t.Fatal(err)
	}
	s.signal(pid, syscall.SIGCONT)
	s.await("echo off again", func() bool { return !s.echo() })
	s.await("prompt again", func() bool { return strings.Count(s.shown(), prompt) == 2 })
	s.press(typed + "\n")
	s.finished(answer{Text: typed})
}

// TestOrphan presses Ctrl-Z where nobody could continue the process, as under "ssh -t host bbgit": the kernel does not
// stop it, and the question stands again.
func TestOrphan(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pid()
	s.ask()
	s.press("\x1a")
	s.await("echo on", s.echo)
	s.await("echo off again", func() bool { return !s.echo() })
	s.press(typed + "\n")
	s.finished(answer{Text: typed})
}

func TestWidth(t *testing.T) {
	t.Parallel()
	s := start(t)
	if got := s.answer(); got.Width != 80 {
		t.Errorf("a terminal without a size: %d columns", got.Width)
	}
	s = startShell(t, shells[0].command...)
	if err := pty.Setsize(s.tty, &pty.Winsize{Rows: 24, Cols: 71}); err != nil {
		t.Fatal(err)
	}
	s.run("")
	if got := s.answer(); got.Width != 71 {
		t.Errorf("got %d columns, want 71", got.Width)
	}
}

func TestNoTerminal(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(executable(t))
	answersOut, answersIn := pipe(t)
	cmd.Env = []string{childVariable + "=1"}
	cmd.ExtraFiles = append(cmd.ExtraFiles, answersIn, answersOut)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	answersIn.Close()
	buffer := make([]byte, 200)
	n, _ := answersOut.Read(buffer)
	if got := string(buffer[:n]); !strings.Contains(got, `"none"`) {
		t.Errorf("got %s", got)
	}
}
