package terminal

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// mintty is a terminal of MSYS or Cygwin.
type mintty struct {
	bash   string
	out    *os.File
	before string // the modes to go back to, as stty writes them
}

// openMintty opens the terminal of MSYS that a standard file leads to, if there is one and a bash to ask there.
func openMintty() *device {
	for _, file := range []*os.File{os.Stderr, os.Stdout} {
		if !isMSYSTerminal(pipeName(file)) {
			continue
		}
		if bash := findBash(os.Getenv("PATH"), os.Getenv("SystemRoot")); bash != "" {
			return &device{window: &mintty{bash: bash, out: file}, out: file}
		}
	}
	return nil
}

// pipeName is the name of a named pipe, "" for other files.
func pipeName(file *os.File) string {
	handle := windows.Handle(file.Fd())
	if kind, err := windows.GetFileType(handle); err != nil || kind != windows.FILE_TYPE_PIPE {
		return ""
	}
	// FILE_NAME_INFO: the length in bytes, and as many bytes of UTF-16.
	var info struct {
		length uint32
		name   [windows.MAX_PATH]uint16
	}
	err := windows.GetFileInformationByHandleEx(handle, windows.FileNameInfo, (*byte)(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)))
	if err != nil || int(info.length/2) > len(info.name) {
		return ""
	}
	return windows.UTF16ToString(info.name[:info.length/2])
}

// findBash looks for a bash of MSYS or Cygwin in PATH, where they put their own. The one in Windows' folder is Linux's.
func findBash(path, systemRoot string) string {
	for _, folder := range filepath.SplitList(path) {
		if !filepath.IsAbs(folder) || systemRoot != "" && strings.HasPrefix(strings.ToLower(folder), strings.ToLower(systemRoot)) {
			continue
		}
		bash := filepath.Join(folder, "bash.exe")
		if info, err := os.Stat(bash); err == nil && info.Mode().IsRegular() {
			return bash
		}
	}
	return ""
}

// Close leaves the file open, which is this process's own.
func (m *mintty) Close() error { return nil }

func (m *mintty) sizeHandle() int { return int(m.out.Fd()) } // of which nobody knows the size

func (m *mintty) obeysEscapes() bool { return true }

func (m *mintty) readModes() error {
	out, err := m.command(bashTellsModes).Output()
	if err != nil {
		return fmt.Errorf("terminal modes: %w", err)
	}
	m.before = strings.TrimSpace(string(out))
	return nil
}

func (m *mintty) setTyping(typing typing) error {
	if err := m.command(bashSetsModes, modesFor(typing)...).Run(); err != nil {
		return fmt.Errorf("switch echo: %w", err)
	}
	return nil
}

func (m *mintty) showTyping() {
	_ = m.command(bashSetsModes, m.before).Run()
}

func (m *mintty) startReading(typing) (*reading, error) {
	cmd := m.command(bashReadsLine)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	r := &reading{lines: make(chan line, 1)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		text, err := bufio.NewReader(out).ReadString('\n')
		_ = cmd.Wait() // it fails where there is no line, which err says as well
		if err != nil {
			time.Sleep(signalDelay)
		}
		r.lines <- lineOf(text, err)
	}()
	r.end = func() {
		_ = cmd.Process.Kill()
		<-ended
	}
	return r, nil
}

func (m *mintty) command(script string, args ...string) *exec.Cmd {
	cmd := exec.Command(m.bash, bashArguments(script, args...)...)
	cmd.Env = withoutStartFile(os.Environ())
	cmd.Stdin, cmd.Stderr = os.Stdin, m.out // by them MSYS knows its terminal
	return cmd
}
