package terminal_test

import (
	"strings"
	"syscall"
	"testing"
)

// work lets the child do something that ends when it is cancelled, and types meanwhile.
func (s *session) work(keys string) {
	s.t.Helper()
	s.command(work)
	s.await("echo off", func() bool { return !s.echo() })
	s.press(keys)
}

// overWith checks what holds when the work has ended.
func (s *session) overWith(err string) {
	s.t.Helper()
	if got := s.answer(); got.Err != err {
		s.t.Errorf("got %+v, want %q", got, err)
	}
	if !s.echo() || strings.Contains(s.shown(), typed) {
		s.t.Errorf("echo: %v, shown: %q", s.echo(), s.shown())
	}
	s.nothingPending()
	s.command("exit")
}

func TestUnheard(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{typed, typed + "\n" + typed + "\nrest"} {
		s := start(t)
		s.pid()
		s.work(keys)
		s.command("cancel")
		s.overWith("")
	}
}

func TestInterruptedWork(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pid()
	s.work(typed + "\x03")
	s.overWith("interrupt")
	<-s.exited
	if status := s.cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != syscall.SIGINT {
		t.Errorf("the process ended with %v, not by the signal", s.cmd.ProcessState)
	}
}
