//go:build unix

package textfile

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// A file that nobody else can read is written anew where nobody else can read it, from the first byte: .netrc holds
// passwords.
func TestPrivateWhileItIsWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), ".netrc")
	if err := os.WriteFile(file, []byte("machine x password y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var mode fs.FileMode
	TestOnlyStep = func(step string) {
		if info, err := os.Stat(file + ".lock"); step == "half" && err == nil {
			mode = info.Mode().Perm()
		}
	}
	t.Cleanup(func() { TestOnlyStep = func(string) {} })
	edit := func(text string, _ bool) (string, bool, error) { return text + "# more\n", false, nil }
	if err := Change(file, edit, nil); err != nil {
		t.Fatal(err)
	}
	if mode != 0o600 {
		t.Errorf("half written, others may do %o with it", mode)
	}
}

// Once the change is made, a lock of that name is another program's.
func TestLockOfTheNext(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config")
	TestOnlyStep = func(step string) {
		if step == "renamed" {
			if err := os.WriteFile(file+".lock", nil, 0o600); err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(func() { TestOnlyStep = func(string) {} })
	if err := Change(file, func(string, bool) (string, bool, error) { return "[a]\n", false, nil }, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file + ".lock"); err != nil {
		t.Error("the lock of another program is gone")
	}
}
