// Package need says which programs a test cannot do without.
package need

import (
	"os"
	"os/exec"
	"strings"
)

// EverythingVariable, set to anything, makes a missing program a failure. The
// checks of the project set it: there, no test is skipped for want of a tool.
const EverythingVariable = "BBGIT_TEST_EVERYTHING"

// T is the part of testing.TB, and of testscript.T, that is needed here.
type T interface {
	Skip(args ...any)
	Fatal(args ...any)
}

// Programs skips the test where one of the programs is not installed.
func Programs(t T, names ...string) {
	if missing := missing(names); len(missing) > 0 {
		Missing(t, strings.Join(missing, ", "))
	}
}

// Missing skips the test for want of something else than a program.
func Missing(t T, what string) {
	if os.Getenv(EverythingVariable) != "" {
		t.Fatal("needs " + what)
	}
	t.Skip("needs " + what)
}

// Keyring are the programs of the real keyring, for Programs.
var Keyring = []string{"dbus-daemon", "gnome-keyring-daemon"}

func missing(names []string) []string {
	var list []string
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			list = append(list, name)
		}
	}
	return list
}
