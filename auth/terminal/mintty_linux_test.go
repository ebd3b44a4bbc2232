package terminal

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"bbgit/shim_test/need"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

func TestMSYSTerminal(t *testing.T) {
	t.Parallel()
	for pipe, want := range map[string]bool{
		`\msys-1888ae32e00d56aa-pty0-to-master`:       true,
		`\msys-dd50a72ab4668b33-pty12-to-master-nat`:  true,
		`\cygwin-e022582115c10879-pty3-to-master`:     true,
		`\msys-1888ae32e00d56aa-pty0-from-master`:     false,
		`\msys-1888ae32e00d56aa-6832-pipe-0x3F3`:      false,
		`\Win32Pipes.00001a2c.00000002`:               false,
		`\x\msys-1888ae32e00d56aa-pty0-to-master`:     false,
		`msys-1888ae32e00d56aa-pty0-to-master`:        false,
		`\msys-1888ae32e00d56aa-pty0-to-master\extra`: false,
		"": false,
	} {
		if isMSYSTerminal(pipe) != want {
			t.Errorf("%s: %v", pipe, !want)
		}
	}
}

// TestBashAsks runs what bash is told to do in mintty, at a terminal that can be looked at.
func TestBashAsks(t *testing.T) {
	t.Parallel()
	need.Programs(t, "bash", "stty")
	keyboard, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer keyboard.Close()
	defer tty.Close()
	start := func(script string, args ...string) (*exec.Cmd, *bytes.Buffer) {
		var out bytes.Buffer
		cmd := exec.Command("bash", bashArguments(script, args...)...)
		cmd.Env = withoutStartFile(append(os.Environ(), "BASH_ENV=/nonexistent/file"))
		cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, &out, tty
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd, &out
	}
	run := func(script string, args ...string) string {
		cmd, out := start(script, args...)
		if err := cmd.Wait(); err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		return strings.TrimSuffix(out.String(), "\n")
	}
	modes := func() unix.Termios {
		m, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
		if err != nil {
			t.Fatal(err)
		}
		return *m
	}
	before := modes()
	saved := run(bashTellsModes)
	keyboard.WriteString("typed too early\rand more")
	run(bashSetsModes, modesFor(hidden)...)
	if modes().Lflag&unix.ECHO != 0 {
		t.Error("what is typed can be seen")
	}
	reader, line := start(bashReadsLine)
	keyboard.WriteString(` a\token$(x) ` + "\x7f\r")
	late := time.AfterFunc(time.Minute, func() { reader.Process.Kill() })
	defer late.Stop()
	if err := reader.Wait(); err != nil || line.String() != ` a\token$(x)`+"\n" {
		t.Errorf("read %q, %v", line, err)
	}
	reader, line = start(bashReadsLine)
	keyboard.WriteString("\x04")
	if err := reader.Wait(); err == nil || line.Len() > 0 {
		t.Errorf("after Ctrl-D: %q, %v", line, err)
	}
	run(bashSetsModes, saved)
	if modes() != before {
		t.Errorf("modes are %+v, were %+v", modes(), before)
	}
}
