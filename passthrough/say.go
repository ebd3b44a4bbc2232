package passthrough

import (
	"errors"
	"os"
	"strings"
)

// What this package says to a person, besides the errors of package handover.
const (
	cannotRun  = "cannot run git: "
	ownMistake = "a mistake in bbgit itself was ignored; the result is git's own"
)

// sayCannotRun says why the system did not run git, and returns the exit status
// for that. The reason is what execve said; what Go adds to it helps nobody.
func sayCannotRun(git string, err error) int {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	say(cannotRun + err.Error() + ": " + git)
	return exitCannotRun
}

// say prints a message to stderr, marking each line as ours. An error is not
// looked at: a person who closed stderr wants to read nothing.
func say(message string) {
	os.Stderr.WriteString("bbgit: " + strings.ReplaceAll(message, "\n", "\nbbgit: ") + "\n")
}
