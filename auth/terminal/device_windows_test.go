package terminal

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/windows"
)

// openingVariable makes this test binary say what comes of opening a terminal.
const openingVariable = "BBGIT_TERMINAL_TEST_OPENING"

func TestMain(m *testing.M) {
	if os.Getenv(openingVariable) == "" {
		os.Exit(m.Run())
	}
	console, err := os.OpenFile("CONIN$", os.O_RDWR, 0)
	if err == nil {
		console.Close()
		os.Stdout.WriteString("there is a console; ")
	}
	if _, err := Open(); errors.Is(err, ErrNone) {
		os.Stdout.WriteString("nobody to ask")
	}
}

// TestHiddenConsole is git in a graphical program: it has a console, at which nobody sits.
func TestHiddenConsole(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), openingVariable+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW}
	cmd.Stdin = strings.NewReader("")
	var out, err2 bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &err2
	if err := cmd.Run(); err != nil || out.String() != "there is a console; nobody to ask" {
		t.Errorf("%q, %v, %s", &out, err, &err2)
	}
}

// TestMinttyIsRecognised has a pipe as MSYS makes it, and bash somewhere in PATH.
func TestMinttyIsRecognised(t *testing.T) {
	t.Parallel()
	const name = `msys-1888ae32e00d56aa-pty7-to-master`
	text, err := windows.UTF16PtrFromString(`\\.\pipe\` + name)
	if err != nil {
		t.Fatal(err)
	}
	pipe, err := windows.CreateNamedPipe(text, windows.PIPE_ACCESS_DUPLEX, windows.PIPE_TYPE_BYTE, 1, 512, 512, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer windows.CloseHandle(pipe)
	file, err := os.OpenFile(`\\.\pipe\`+name, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if got := pipeName(file); got != `\`+name || !isMSYSTerminal(got) {
		t.Errorf("the pipe is called %q", got)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if got := pipeName(w); isMSYSTerminal(got) {
		t.Errorf("a plain pipe is called %q", got)
	}
}

func TestFindBash(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for _, folder := range []string{"Windows/System32", "Git/usr/bin", "empty"} {
		if err := os.MkdirAll(filepath.Join(root, folder), 0o700); err != nil {
			t.Fatal(err)
		}
		if folder == "empty" {
			continue
		}
		if err := os.WriteFile(filepath.Join(root, folder, "bash.exe"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	windows, git := filepath.Join(root, "Windows"), filepath.Join(root, "Git", "usr", "bin")
	path := strings.Join([]string{filepath.Join(root, "empty"), `.`, `Git\usr\bin`, filepath.Join(root, "WINDOWS", "system32"), git}, ";")
	if got := findBash(path, windows); got != filepath.Join(git, "bash.exe") {
		t.Errorf("found %q", got)
	}
	if got := findBash(filepath.Join(windows, "System32"), windows); got != "" {
		t.Errorf("found Linux's: %q", got)
	}
}
