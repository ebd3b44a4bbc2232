package store

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// What lies under the name of the new file is not written into.
func TestFileBesideALooseOne(t *testing.T) {
	t.Parallel()
	file, elsewhere := fileStore(filepath.Join(t.TempDir(), "tokens.json")), filepath.Join(t.TempDir(), "elsewhere")
	if err := os.WriteFile(elsewhere, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, Temporary(string(file))); err != nil && runtime.GOOS == "windows" {
		err = os.WriteFile(Temporary(string(file)), []byte("old"), 0o600) // links need a right there
		if err != nil {
			t.Fatal(err)
		}
	} else if err != nil {
		t.Fatal(err)
	}
	if err := file.Set(t.Context(), "you", "secret"); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(elsewhere); err != nil || string(text) != "mine" {
		t.Errorf("the text went through a link: %q, %v", text, err)
	}
	if text, err := file.Get(t.Context(), "you"); err != nil || text != "secret" {
		t.Errorf("got %q, %v", text, err)
	}
}

// A file that is JSON and holds no texts is left as it is.
func TestFileOfOddJSON(t *testing.T) {
	t.Parallel()
	for _, odd := range []string{"null", "[]", `"secret"`, `{"you": 1}`, ""} {
		file := fileStore(filepath.Join(t.TempDir(), "tokens.json"))
		if err := os.WriteFile(string(file), []byte(odd), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := file.Set(t.Context(), "me", "text"); !errors.Is(err, ErrDamaged) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", odd, err)
		}
		if text, err := os.ReadFile(string(file)); err != nil || string(text) != odd {
			t.Errorf("%q became %q, %v", odd, text, err)
		}
	}
}
