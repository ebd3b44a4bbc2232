package terminal_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bbgit/auth/terminal"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// The tests of ReadSecret and ReadLine run them in a process of its own, which is this test binary again: only there can a test
// choose the controlling terminal, send signals, and see what they do.

const (
	askSecret     = "secret"
	askLine       = "line"
	passOver      = "pass over"
	work          = "work"
	childVariable = "BBGIT_TERMINAL_TEST_CHILD"
	prompt        = "Token: "
	typed         = "throw-away-token"
	patience      = 20 * time.Second // how long a test waits for what must happen; only a failing test waits so long
)

// answer is what the child reports about a question, and before it, once, its process id and the width it sees.
type answer struct {
	Text, Err  string
	Pid, Width int
}

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		os.Exit(m.Run())
	}
	runChild(os.NewFile(3, "answers"), bufio.NewReader(os.NewFile(4, "commands")))
}

// runChild opens the terminal, waits for a command to ask, and may be told to cancel.
func runChild(answers io.Writer, commands *bufio.Reader) {
	tty, err := terminal.Open()
	if err != nil {
		report(answers, answer{Err: describe(err)})
		return
	}
	defer tty.Close()
	report(answers, answer{Pid: os.Getpid(), Width: tty.Width()})
	read := tty.ReadSecret
	switch question, _ := commands.ReadString('\n'); strings.TrimSpace(question) {
	case askLine:
		read = tty.ReadLine
	case passOver:
		read = func(ctx context.Context, _ string) (string, error) {
			return fmt.Sprint(tty.PassedOver(ctx)), nil
		}
	case work:
		read = func(ctx context.Context, _ string) (string, error) {
			return "", tty.Unheard(ctx, func(ctx context.Context) { <-ctx.Done() })
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	exit := make(chan struct{})
	go func() {
		defer close(exit)
		for {
			switch command, err := commands.ReadString('\n'); {
			case err != nil, command == "exit\n":
				return
			case command == "cancel\n":
				cancel()
			}
		}
	}()
	text, err := read(ctx, prompt)
	report(answers, answer{Text: text, Err: describe(err)})
	<-exit // the shell has the terminal again only after the test has looked at it
	var interrupted *terminal.Interrupted
	if errors.As(err, &interrupted) {
		interrupted.Die()
	}
}

func report(w io.Writer, a answer) { _ = json.NewEncoder(w).Encode(a) }

func describe(err error) string {
	var interrupted *terminal.Interrupted
	switch {
	case err == nil:
		return ""
	case errors.Is(err, terminal.ErrNone):
		return "none"
	case errors.Is(err, terminal.ErrEnd) && errors.Is(err, io.EOF):
		return "end"
	case errors.Is(err, terminal.ErrTooLong):
		return "too long"
	case errors.As(err, &interrupted) && errors.Is(err, context.Canceled):
		return interrupted.Signal.String()
	case errors.Is(err, context.Canceled):
		return "cancelled"
	}
	return err.Error()
}

// session is a child on a pseudo-terminal. Its stdin, stdout and stderr are /dev/null.
type session struct {
	t        *testing.T
	keyboard *os.File // the master side
	tty      *os.File // the slave side, to look at its modes
	cmd      *exec.Cmd
	pipe     *os.File // where the child answers
	answers  *json.Decoder
	commands io.WriteCloser
	exited   chan error

	mu     sync.Mutex
	screen bytes.Buffer
}

// start runs the child itself as the leader of a session on a new terminal.
func start(t *testing.T) *session {
	t.Helper()
	return startCommand(t, exec.Command(executable(t)), false)
}

// startShell runs an interactive shell there, which has the child as a job once run is called.
func startShell(t *testing.T, shell ...string) *session {
	t.Helper()
	s := startCommand(t, exec.Command(shell[0], shell[1:]...), true)
	s.await("shell", func() bool { return strings.Contains(s.shown(), "shell> ") })
	return s
}

// run types the command line that runs the child.
func (s *session) run(end string) {
	s.t.Helper()
	s.press("$TEST_BINARY </dev/null >/dev/null 2>&1" + end + "\n")
}

func executable(t *testing.T) string {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func startCommand(t *testing.T, cmd *exec.Cmd, onScreen bool) *session {
	t.Helper()
	keyboard, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	keyboard = pollable(t, keyboard)
	answersOut, answersIn := pipe(t)
	commandsOut, commandsIn := pipe(t)
	cmd.Env = append(os.Environ(), childVariable+"=1", "TEST_BINARY="+executable(t), "PS1=shell> ", "ENV=")
	cmd.ExtraFiles = []*os.File{answersIn, commandsOut, tty}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 5}
	if onScreen {
		cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	answersIn.Close()
	commandsOut.Close()
	s := &session{
		t: t, keyboard: keyboard, tty: tty, cmd: cmd,
		pipe: answersOut, answers: json.NewDecoder(answersOut), commands: commandsIn, exited: make(chan error, 1),
	}
	go func() { s.exited <- cmd.Wait(); close(s.exited) }()
	go func() { _, _ = io.Copy(s, keyboard) }()
	t.Cleanup(s.end)
	return s
}

// end leaves no process behind. A shell's job is hung up with the terminal; the pipe ends when the last one has gone.
func (s *session) end() {
	_ = s.cmd.Process.Kill()
	<-s.exited
	s.tty.Close()
	s.keyboard.Close()
	_ = s.pipe.SetReadDeadline(time.Now().Add(patience))
	if _, err := io.Copy(io.Discard, s.pipe); err != nil {
		s.t.Errorf("a process is left: %v", err)
	}
}

// pollable lets Close take effect while a Read waits; otherwise the terminal would not be hung up.
func pollable(t *testing.T, f *os.File) *os.File {
	t.Helper()
	defer f.Close()
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), f.Name())
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); w.Close() })
	return r, w
}

// Write collects what the terminal shows.
func (s *session) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.screen.Write(p)
}

func (s *session) shown() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.screen.String()
}

// answer waits for what the child reports next.
func (s *session) answer() answer {
	s.t.Helper()
	got := make(chan answer, 1)
	go func() {
		var a answer
		if err := s.answers.Decode(&a); err != nil {
			a.Err = "no answer: " + err.Error()
		}
		got <- a
	}()
	select {
	case a := <-got:
		return a
	case <-time.After(patience):
		s.t.Fatalf("no answer; the screen: %q", s.shown())
	}
	return answer{}
}

// pid waits until the child has opened the terminal.
func (s *session) pid() int {
	s.t.Helper()
	first := s.answer()
	if first.Pid == 0 {
		s.t.Fatalf("the child says %+v", first)
	}
	return first.Pid
}

// ask lets the child ask, and waits until it is ready for typing: that is when ECHO is off.
func (s *session) ask() {
	s.t.Helper()
	s.await("echo on", s.echo)
	s.command(askSecret)
	s.await("echo off", func() bool { return !s.echo() })
	s.await("prompt", func() bool { return strings.Contains(s.shown(), prompt) })
}

func (s *session) command(text string) {
	s.t.Helper()
	if _, err := io.WriteString(s.commands, text+"\n"); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keyboard, keys); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) signal(pid int, sig syscall.Signal) {
	s.t.Helper()
	if err := syscall.Kill(pid, sig); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) echo() bool {
	s.t.Helper()
	modes, err := unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	return modes.Lflag&unix.ECHO != 0
}

// await waits for a condition.
func (s *session) await(what string, holds func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("no %s; the screen: %q", what, s.shown())
		}
	}
}

// awaitStopped waits until a process has been stopped by a signal.
func (s *session) awaitStopped(pid int) {
	s.t.Helper()
	s.await("stop", func() bool {
		stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		return err == nil && bytes.Contains(stat, []byte(") T "))
	})
}

// finished checks what holds after every question: the answer, echo, a new line, and nothing of the typed text shown.
func (s *session) finished(want answer) {
	s.t.Helper()
	if got := s.answer(); got != want {
		s.t.Errorf("got %d characters and error %q, want %d and %q", len(got.Text), got.Err, len(want.Text), want.Err)
	}
	if !s.echo() {
		s.t.Error("echo is still off")
	}
	s.await("new line", func() bool { return strings.Contains(s.shown(), prompt+"\r\n") })
	if strings.Contains(s.shown(), typed) {
		s.t.Errorf("typing was shown: %q", s.shown())
	}
	s.command("exit")
}
