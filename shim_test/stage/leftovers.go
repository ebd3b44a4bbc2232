package stage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// farewell is how long a process may take to end after its command did: a helper has to notice that git is gone.
const farewell = 5 * time.Second

// leftProcesses ends the processes that a story left behind, and names them.
func (w *World) leftProcesses(wait time.Duration) error {
	var err error
	for _, p := range w.remaining(wait) {
		arguments := strings.ReplaceAll(strings.TrimRight(string(p.arguments), "\x00"), "\x00", " ")
		err = errors.Join(err, fmt.Errorf("still running: %s (%s)", p.name, w.Secrets.Mask(arguments)))
		if running, gone := os.FindProcess(p.pid); gone == nil {
			_ = running.Kill()
		}
	}
	if err != nil {
		w.remaining(farewell) // their folders are removed next
	}
	return err
}

// remaining waits until no process is left, and returns those that do not go. It looks more than once: while a process
// changes into another program, its environment reads as empty for a moment.
func (w *World) remaining(wait time.Duration) []process {
	deadline := time.Now().Add(wait)
	for empty := 0; ; time.Sleep(5 * time.Millisecond) {
		left := w.processes(nil)
		if len(left) > 0 {
			empty = 0
		} else if empty++; empty == 3 {
			return nil
		}
		if time.Now().After(deadline) {
			return left
		}
	}
}

// leftFiles names what a story left in the temporary folder.
func (w *World) leftFiles() error {
	var err error
	left, _ := filepath.Glob(filepath.Join(w.Tmp, "*"))
	hidden, _ := filepath.Glob(filepath.Join(w.Tmp, ".*"))
	for _, path := range append(left, hidden...) {
		err = errors.Join(err, fmt.Errorf("left behind in TMPDIR: %s", filepath.Base(path)))
	}
	return err
}
