// Package part lets a test have processes of its own: they are the test binary again, with the name of a part in the
// environment.
//
//	func TestMain(m *testing.M) { part.Main(m, parts) }
//	…
//	out, err := part.Command(t, "save "+dir).CombinedOutput()
package part

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

const variable = "BBGIT_TEST_PART"

// Parts are what such a process can do. Their arguments are the words behind the part's name.
type Parts map[string]func(args []string) error

// Main runs the tests, or the part that this process is to play.
func Main(m *testing.M, parts Parts) {
	words := strings.Fields(os.Getenv(variable))
	if len(words) == 0 {
		os.Exit(m.Run())
	}
	play, ok := parts[words[0]]
	if !ok {
		fmt.Println("no such part:", words[0])
		os.Exit(2)
	}
	if err := play(words[1:]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// Command is this test binary as a part, in an environment without anything of the tester's but PATH.
func Command(t testing.TB, words string, env ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary)
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), variable + "=" + words,
		"GORACE=atexit_sleep_ms=0", // each process of the race detector would sleep for a second at its end
	}, env...)
	return cmd
}
