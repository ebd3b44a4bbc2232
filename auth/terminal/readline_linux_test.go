package terminal_test

import (
	"strings"
	"syscall"
	"testing"
)

// askLine lets the child ask for a line that is shown, and waits until it is ready for typing.
func (s *session) askLine() {
	s.t.Helper()
	s.command(askLine)
	s.await("prompt", func() bool { return strings.Contains(s.shown(), prompt) })
}

// ended checks what holds after every such question: the answer, echo, and the cursor at the start of the next line,
// neither behind what was typed nor with an empty line between.
func (s *session) ended(want answer, line string) {
	s.t.Helper()
	if got := s.answer(); got != want {
		s.t.Errorf("got %+v, want %+v", got, want)
	}
	if !s.echo() {
		s.t.Error("echo is off")
	}
	s.await("new line", func() bool { return strings.HasSuffix(s.shown(), line+"\r\n") })
	s.command("exit")
}

func TestLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, keys, line string
		want             answer
	}{
		{"answer", "yes\n", prompt + "yes", answer{Text: "yes"}},
		{"enter alone", "\n", prompt, answer{}},
		{"return key", "no\r", prompt + "no", answer{Text: "no"}},
		{"kill", "no\x15yes\n", "yes", answer{Text: "yes"}},
		{"ctrl-d", "\x04", prompt, answer{Err: "end"}},
		{"ctrl-d behind text, twice", "yes\x04\x04", prompt + "yes", answer{Text: "yes"}},
		{"ctrl-c", "y\x03", "^C", answer{Err: "interrupt"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			s.pid()
			s.askLine()
			s.press(c.keys)
			s.ended(c.want, c.line)
		})
	}
}

func TestLineTypedAheadIsNoAnswer(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pid()
	s.press("\n\n")
	s.await("early keys", func() bool { return strings.Count(s.shown(), "\n") == 2 })
	s.askLine()
	s.press("no\n")
	s.ended(answer{Text: "no"}, prompt+"no")
}

func TestLineCancelled(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pid()
	s.askLine()
	s.press("ye")
	s.await("typing", func() bool { return strings.HasSuffix(s.shown(), "ye") })
	s.command("cancel")
	s.ended(answer{Err: "cancelled"}, prompt+"ye")
	s.nothingPending()
}

// TestLineAfterStop stops a question for a line in three ways. What was typed before counts in none of them.
func TestLineAfterStop(t *testing.T) {
	t.Parallel()
	t.Run("ctrl-z", func(t *testing.T) {
		t.Parallel()
		s := startShell(t, shells[0].command...)
		s.run("")
		pid := s.pid()
		s.askLine()
		shellPrompts := strings.Count(s.shown(), "shell> ")
		s.press("no\x1a")
		s.awaitStopped(pid)
		s.await("shell", func() bool { return strings.Count(s.shown(), "shell> ") > shellPrompts })
		s.press("fg\n")
		s.await("prompt after fg", func() bool { return strings.Count(s.shown(), prompt) == 2 })
		s.press("yes\n")
		s.ended(answer{Text: "yes"}, prompt+"yes")
	})
	t.Run("SIGSTOP", func(t *testing.T) {
		t.Parallel()
		s := start(t)
		pid := s.pid()
		s.askLine()
		s.press("no")
		s.await("typing", func() bool { return strings.HasSuffix(s.shown(), "no") })
		s.signal(pid, syscall.SIGSTOP)
		s.awaitStopped(pid)
		s.signal(pid, syscall.SIGCONT)
		s.await("prompt again", func() bool { return strings.Count(s.shown(), prompt) == 2 })
		s.press("yes\n")
		s.ended(answer{Text: "yes"}, prompt+"yes")
	})
	t.Run("in the background", func(t *testing.T) {
		t.Parallel()
		s := startShell(t, shells[1].command...)
		s.run(" &")
		pid := s.pid()
		s.command(askLine)
		s.awaitStopped(pid)
		s.await("stopped job", func() bool {
			s.press("jobs\n")
			return strings.Contains(s.shown(), "Stopped")
		})
		s.press("fg\n")
		s.await("prompt after fg", func() bool { return strings.Contains(s.shown(), prompt) })
		s.press("yes\n")
		s.ended(answer{Text: "yes"}, "yes")
	})
}
