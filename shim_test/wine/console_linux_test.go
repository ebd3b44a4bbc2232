package wine

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// A console is a program's console, with somebody in front of it. Wine draws it
// on a Unix terminal. As long as the program reads, Wine decides what is shown of
// what is typed, and the terminal shows nothing by itself.
type console struct {
	t      *testing.T
	device *os.File
	cmd    *exec.Cmd
	ended  chan struct{}

	mu    sync.Mutex
	bytes []byte
	read  int // how far into shown the person has read
}

// onConsole starts a program that has a console of 120 columns, on which nothing
// scrolls away.
func onConsole(t *testing.T, cmd *exec.Cmd) *console {
	t.Helper()
	device, end, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer end.Close()
	if err := pty.Setsize(device, &pty.Winsize{Rows: 100, Cols: 120}); err != nil {
		t.Fatal(err)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = end, end, end
	cmd.Env = append(cmd.Env, "TERM=xterm")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, device: device, cmd: cmd, ended: make(chan struct{})}
	go c.collect()
	go func() { _ = cmd.Wait(); close(c.ended) }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-c.ended
		device.Close()
	})
	return c
}

func (c *console) collect() {
	buffer := make([]byte, 4096)
	for {
		n, err := c.device.Read(buffer)
		c.mu.Lock()
		c.bytes = append(c.bytes, buffer[:n]...)
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// blanks is the sequence by which Wine draws blanks: to the right, so and so far.
var (
	blanks  = regexp.MustCompile(`\x1b\[(\d*)C`)
	escapes = regexp.MustCompile(`\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]|\r`)
)

func (c *console) shown() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return escapes.ReplaceAllString(blanks.ReplaceAllString(string(c.bytes), " "), "")
}

// expect waits until text is shown, below what it has found before.
func (c *console) expect(text string) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		shown := c.shown()
		if at := strings.Index(shown[c.read:], text); at >= 0 {
			c.read += at + len(text)
			return
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("%q is not shown:\n%s", text, shown)
		}
	}
}

// typed waits until the program reads, and types.
func (c *console) typed(text string) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		modes, err := unix.IoctlGetTermios(int(c.device.Fd()), unix.TCGETS)
		if err != nil {
			c.t.Fatal(err)
		}
		if modes.Lflag&unix.ECHO == 0 {
			break
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("nothing reads:\n%s", c.shown())
		}
	}
	if _, err := c.device.WriteString(text); err != nil {
		c.t.Fatal(err)
	}
}

// press presses a key that needs nobody who reads.
func (c *console) press(key string) {
	c.t.Helper()
	if _, err := c.device.WriteString(key); err != nil {
		c.t.Fatal(err)
	}
}

// end waits for the program's end.
func (c *console) end() (shown string, code int) {
	c.t.Helper()
	select {
	case <-c.ended:
	case <-time.After(patience):
		c.t.Fatalf("it does not end:\n%s", c.shown())
	}
	return c.shown(), c.cmd.ProcessState.ExitCode()
}
