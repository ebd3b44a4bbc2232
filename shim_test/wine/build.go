package wine

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Build compiles programs for Windows, without cgo and with trimmed paths, as
// bbgit is shipped, into a folder that w.File names. Each gets the name of its
// package's folder, and bbgit its own.
func (w *Windows) Build(folder string, packages ...string) error {
	return w.compile(folder, packages, "olderwindows.go", "build")
}

// BuildTests compiles the tests of packages likewise.
func (w *Windows) BuildTests(folder string, packages ...string) error {
	return w.compile(folder, packages, "olderwindows_test.go", "test", "-c")
}

func (w *Windows) compile(folder string, packages []string, extra string, words ...string) error {
	overlay, err := w.overlay(packages, extra)
	if err != nil {
		return err
	}
	out := w.File(folder)
	if err := os.MkdirAll(out, 0o700); err != nil {
		return err
	}
	words = append(words, "-trimpath", "-overlay", overlay, "-ldflags=-checklinkname=0", "-o", out+"/")
	cmd := exec.Command("go", append(words, packages...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=windows", "GOARCH=amd64")
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", words[0], err, said)
	}
	return nil
}

// olderWindows is a file that is added to what is compiled. Wine 8 does not know
// the way in which Go's os.RemoveAll removes a file since Windows 10, and answers
// with an error that Go does not expect from a Windows without it. So Go is told
// to take the way of older ones at once, by a switch of its own tests
// (internal/syscall/windows/at_windows.go).
const olderWindows = `package %s

import _ "unsafe"

//go:linkname olderWindows internal/syscall/windows.TestDeleteatFallback
var olderWindows bool

func init() { olderWindows = true }
`

// overlay writes the file for "go build -overlay" that adds olderWindows to packages.
func (w *Windows) overlay(packages []string, file string) (string, error) {
	list := exec.Command("go", append([]string{"list", "-f", "{{.Name}}\t{{.Dir}}"}, packages...)...)
	list.Env = append(os.Environ(), "GOOS=windows")
	out, err := list.Output()
	if err != nil {
		return "", fmt.Errorf("go list: %w", err)
	}
	added := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		name, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
		source := filepath.Join(w.folder, name+"-"+file)
		if err := os.WriteFile(source, fmt.Appendf(nil, olderWindows, name), 0o600); err != nil {
			return "", err
		}
		added[filepath.Join(dir, file)] = source
	}
	text, err := json.Marshal(map[string]any{"Replace": added})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(w.folder, file+".json")
	return overlay, os.WriteFile(overlay, text, 0o600)
}
