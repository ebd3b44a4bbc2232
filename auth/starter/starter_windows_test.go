package starter

import (
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/windows"
)

func TestReaderHasGone(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	pipe := windows.Handle(w.Fd())
	if _, ok := pipeState(pipe); !ok || readerHasGone(pipe) {
		t.Error("gone from the beginning, or not known")
	}
	r.Close()
	if !readerHasGone(pipe) {
		t.Error("not gone")
	}
}

func TestNoReaderOfAFile(t *testing.T) {
	t.Parallel()
	file, err := os.CreateTemp("", "starter")
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if readerHasGone(windows.Handle(file.Fd())) {
		t.Error("gone")
	}
}

// TestParent has a parent that is another process, and one that only has its number.
func TestParent(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("cmd", "/c", "pause")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	process, err := windows.OpenProcess(windows.SYNCHRONIZE|windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	defer windows.CloseHandle(process)
	if hasEnded(process) {
		t.Error("ended from the beginning")
	}
	if !isOlder(windows.CurrentProcess(), process) || isOlder(process, windows.CurrentProcess()) {
		t.Error("a younger process could be our parent")
	}
	stdin.Close()
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait()
	if !hasEnded(process) {
		t.Error("not ended")
	}
}
