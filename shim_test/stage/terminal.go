package stage

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"
)

// patience is how long a person at a Terminal waits for anything before the test fails. It is far more than any step
// needs, because a machine that builds at the same time can be slow.
const patience = 45 * time.Second

// Terminal is one command on a pseudo-terminal of its own, which is its controlling terminal, and the person in front
// of it. What shall be redirected is redirected by a shell: `sh -c 'bbgit push <file >file'`.
type Terminal struct {
	secrets *Secrets
	cmd     *exec.Cmd
	device  *os.File
	drained chan struct{} // closed when the screen shows all that there will be
	exited  chan struct{}

	mu   sync.Mutex
	raw  []byte
	read int // how far into Text the person has read
}

// Terminal starts cmd, made by Command or the like, on a new pseudo-terminal of 80x24.
func (w *World) Terminal(cmd *exec.Cmd) (*Terminal, error) {
	device, end, err := openDevice()
	if err != nil {
		return nil, err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = end, end, end
	cmd.Env = append(cmd.Env, "TERM=xterm")
	cmd.SysProcAttr = sessionWithTerminal()
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, device.Close(), end.Close())
	}
	t := &Terminal{secrets: w.Secrets, cmd: cmd, device: device, drained: make(chan struct{}), exited: make(chan struct{})}
	go t.collect(w.Show)
	go func() {
		_ = cmd.Wait() // the state of the process tells more than this error
		end.Close()    // not before: with nobody at this end, a command that redirects all and opens /dev/tty goes unseen
		close(t.exited)
	}()
	return t, nil
}

func (t *Terminal) collect(show io.Writer) {
	defer close(t.drained)
	buffer := make([]byte, 4096)
	for {
		n, err := t.device.Read(buffer)
		t.mu.Lock()
		t.raw = append(t.raw, buffer[:n]...)
		t.mu.Unlock()
		_, _ = show.Write(buffer[:n])
		if err != nil { // EIO on Linux: the last process has closed the terminal
			return
		}
	}
}

// Raw is every byte that came to the screen.
func (t *Terminal) Raw() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]byte(nil), t.raw...)
}

// escapes are sequences that a terminal obeys and does not show: OSC (links, titles) and CSI (colours, modes).
var escapes = regexp.MustCompile("\x1b\\][^\x07\x1b]*(\x07|\x1b\\\\)|\x1b\\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]")

// Text is all that was ever shown, as lines of text.
func (t *Terminal) Text() string {
	text := escapes.ReplaceAllString(string(t.Raw()), "")
	return strings.ReplaceAll(text, "\r\n", "\n")
}

// Screen is what a person sees in the end: of a line that was written again and again, as progress is, the last state.
func (t *Terminal) Screen() string {
	var screen strings.Builder
	for line := range strings.Lines(t.Text()) {
		var shown []rune
		for again := range strings.SplitSeq(strings.TrimSuffix(line, "\n"), "\r") {
			over := []rune(again)
			shown = append(over, shown[min(len(over), len(shown)):]...)
		}
		screen.WriteString(strings.TrimRight(string(shown), " ") + "\n")
	}
	return screen.String()
}

// Expect waits until text is shown, below what an earlier Expect has found.
func (t *Terminal) Expect(text string) error {
	return t.until(fmt.Sprintf("%q to be shown", text), func() bool {
		screen := t.Text()
		t.mu.Lock()
		defer t.mu.Unlock()
		at := strings.Index(screen[min(t.read, len(screen)):], text)
		if at >= 0 {
			t.read += at + len(text)
		}
		return at >= 0
	})
}

// ExpectEcho waits until the terminal shows what is typed, or no longer does.
func (t *Terminal) ExpectEcho(on bool) error {
	what := map[bool]string{true: "echo to be on", false: "echo to be off"}[on]
	return t.until(what, func() bool {
		echo, err := echoes(t.device)
		return err == nil && echo == on
	})
}

// until asks again and again: neither the screen's text nor a terminal's flags announce that they change.
func (t *Terminal) until(what string, reached func() bool) error {
	deadline := time.Now().Add(patience)
	for !reached() {
		select {
		case <-t.drained:
			if reached() {
				return nil
			}
			return t.failed("the command ended; waited for " + what)
		case <-time.After(2 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return t.failed("waited in vain for " + what)
		}
	}
	return nil
}

// Type sends text as if typed. Enter is "\r".
func (t *Terminal) Type(text string) error {
	_, err := t.device.WriteString(text)
	return err
}

// Signal sends a signal to the command alone; the keys ^C and ^Z, typed, reach all that runs in the foreground.
func (t *Terminal) Signal(s os.Signal) error { return t.cmd.Process.Signal(s) }

// HangUp closes the terminal, like the window that somebody closes.
func (t *Terminal) HangUp() error { return t.device.Close() }

// Wait waits for the command to end and the screen to be complete.
func (t *Terminal) Wait() (Exit, error) {
	defer t.device.Close()
	select {
	case <-t.exited:
	case <-time.After(patience):
		_ = t.cmd.Process.Kill()
		<-t.exited
		return Exit{}, t.failed("the command did not end")
	}
	select {
	case <-t.drained:
	case <-time.After(patience):
		return Exit{}, t.failed("something still uses the terminal")
	}
	return exitOf(t.cmd.ProcessState), nil
}

// Echoes reports whether the terminal shows what is typed.
func (t *Terminal) Echoes() (bool, error) { return echoes(t.device) }

func (t *Terminal) failed(why string) error {
	return fmt.Errorf("%s\n--- screen\n%s\n---", why, t.secrets.Mask(t.Text()))
}

// Exit is how a command ended.
type Exit struct {
	Code   int
	Signal syscall.Signal // 0 when it ended by itself
}

func exitOf(state *os.ProcessState) Exit {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return Exit{Code: -1, Signal: status.Signal()}
	}
	return Exit{Code: state.ExitCode()}
}

// Run runs cmd to its end, without a terminal unless it was given one.
func Run(cmd *exec.Cmd) (Exit, error) {
	if err := cmd.Start(); err != nil {
		return Exit{}, err
	}
	late := time.AfterFunc(2*patience, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	if !late.Stop() {
		return Exit{}, fmt.Errorf("%s did not end", cmd.Args[0])
	}
	return exitOf(cmd.ProcessState), nil
}

func (e Exit) String() string {
	if e.Signal != 0 {
		return fmt.Sprintf("signal %v", e.Signal)
	}
	return fmt.Sprintf("exit %d", e.Code)
}
