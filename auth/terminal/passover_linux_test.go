package terminal_test

import (
	"strings"
	"syscall"
	"testing"
)

// passOver lets the child wait, until echo is off.
func (s *session) passOver() {
	s.t.Helper()
	s.command(passOver)
	s.await("echo off", func() bool { return !s.echo() })
}

func TestPassedOver(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, keys, want string }{
		{"ctrl-c", "\x03", "true"},
		{"other keys first", "abc\n\n\x03", "true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			s.pid()
			s.passOver()
			s.press(c.keys)
			if got := s.answer(); got.Text != c.want || got.Err != "" {
				t.Errorf("got %+v", got)
			}
			if !s.echo() || strings.Contains(s.shown(), "abc") {
				t.Errorf("echo: %v, shown: %q", s.echo(), s.shown())
			}
			s.command("exit")
			if err := <-s.exited; err != nil {
				t.Errorf("the key reached the process as a signal: %v", err)
			}
		})
	}
}

func TestNobodyPassesOver(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pid()
	s.passOver()
	s.command("cancel")
	if got := s.answer(); got.Text != "false" || !s.echo() {
		t.Errorf("got %+v, echo: %v", got, s.echo())
	}
	s.command("exit")
}

// Whatever ends the program otherwise is left to it; meanwhile the terminal is as it was.
func TestTerminatedWhileWaiting(t *testing.T) {
	t.Parallel()
	s := start(t)
	pid := s.pid()
	s.passOver()
	s.signal(pid, syscall.SIGTERM)
	s.await("echo on", s.echo)
	s.command("cancel")
	if got := s.answer(); got.Text != "false" {
		t.Errorf("got %+v", got)
	}
	s.command("exit")
}
