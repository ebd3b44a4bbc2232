package realgit

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTakeOut(t *testing.T) {
	t.Parallel()
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	entry := func(scope, origin, value string) Entry {
		return Entry{Scope: scope, Origin: origin, Key: "credential.helper", Value: value}
	}
	global := "file:" + filepath.Join(home, ".gitconfig")
	for _, tc := range []struct {
		name string
		e    Entry
		more []Entry
		want string
	}{
		{"of the person", entry("global", global, "x"), nil, "git config --global --unset-all credential.helper"},
		{"of the repository", entry("local", "file:.git/config", "x"), nil, "git config --unset-all credential.helper"},
		{"of a file that is included", entry("global", "file:/etc/work", "x"), nil, "git config --file /etc/work --unset-all credential.helper"},
		{"of the machine", entry("system", "file:/etc/gitconfig", "x"), nil, "git config --system --unset-all credential.helper"},
		{"typed", entry("command", "command line:", "x"), nil, ""},
		{"one of two", entry("global", global, "x"), []Entry{entry("global", global, "y")}, "git config --global --unset-all credential.helper '^x$'"},
		{"another of another file", entry("global", global, "x"), []Entry{entry("system", "file:/etc/gitconfig", "y")}, "git config --global --unset-all credential.helper"},
	} {
		if got := TakeOut(tc.e, append(tc.more, tc.e), "^x$"); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}
