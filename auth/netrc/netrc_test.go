package netrc

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text      string
		found           bool
		line            int
		login, password string
	}{
		{"one line", "machine bitbucket.org login you password old\n", true, 1, "you", "old"},
		{"many lines", "# mine\nmachine example.com\n login a\n password b\n\nmachine BitBucket.org\n\tlogin you\n\tpassword old\n", true, 6, "you", "old"},
		{"the first one", "machine bitbucket.org login a password b\nmachine bitbucket.org login c password d\n", true, 1, "a", "b"},
		{"default", "machine example.com login a password b\ndefault login you password old\n", true, 2, "you", "old"},
		{"quotes", `machine bitbucket.org login "you" password "o\"l d"` + "\n", true, 1, "you", `o"l d`},
		{"CRLF", "machine bitbucket.org\r\nlogin you\r\npassword old\r\n", true, 1, "you", "old"},
		{"a macro", "macdef x\nmachine bitbucket.org login no password no\n\nmachine bitbucket.org login you password old", true, 4, "you", "old"},
		{"another host", "machine bitbucket.org.example.com login you password old\n", false, 0, "", ""},
		{"a password named machine's host", "machine example.com login bitbucket.org password bitbucket.org\n", false, 0, "", ""},
		{"cut off", "machine bitbucket.org login", true, 1, "", ""},
		{"empty", "", false, 0, "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e, found := Find(tc.text, "bitbucket.org")
			if found != tc.found || e.Line != tc.line || e.Login != tc.login || e.Password != tc.password {
				t.Errorf("got %v, line %d, login %q, password %q", found, e.Line, e.Login, e.Password)
			}
		})
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, lines string }{
		{"one line", "machine a login b password c\nmachine bitbucket.org login you password old\ndefault login x password y\n", "machine bitbucket.org login you password old\n"},
		{"many lines", "# mine\nmachine bitbucket.org\n\tlogin you\n\tpassword old\n\n# yours\n", "machine bitbucket.org\n\tlogin you\n\tpassword old\n"},
		{"the last, without an end", "machine bitbucket.org login you\r\npassword old", "machine bitbucket.org login you\r\npassword old"},
		{"two on a line", "machine a login b password c machine bitbucket.org login you password old\n", ""},
		{"two on its last line", "machine bitbucket.org login you\npassword old machine a login b\n", ""},
		{"for all hosts", "default login you password old\n", ""},
		{"with a macro", "machine bitbucket.org login you password old macdef x\nput\n\n", ""},
		{"none", "machine a login b password c\n", ""},
	} {
		if lines, ok := Lines(tc.text, "bitbucket.org"); lines != tc.lines && ok || ok != (tc.lines != "") {
			t.Errorf("%s: %q, %v", tc.name, lines, ok)
		}
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	if _, found, err := Lookup(home, "bitbucket.org"); found || err != nil {
		t.Errorf("without a file: %v, %v", found, err)
	}
	file := filepath.Join(home, ".netrc")
	if err := os.WriteFile(file, []byte("machine bitbucket.org login you password old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if e, found, err := Lookup(home, "bitbucket.org"); !found || err != nil || e.File != file {
		t.Errorf("got %v, %v, %q", found, err, e.File)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("machine bitbucket.org login \"a\\\"\" password b\nmacdef x\n")
	f.Fuzz(func(t *testing.T, text string) {
		if e, found := Find(text, "bitbucket.org"); found != (e.Line > 0) {
			t.Fatalf("found %v at line %d", found, e.Line)
		}
		if lines, ok := Lines(text, "bitbucket.org"); ok && !strings.Contains(text, lines) {
			t.Fatalf("%q is not in it", lines)
		}
	})
}
