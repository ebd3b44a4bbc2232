package passthrough

import (
	"errors"
	"os"
	"strings"
)

// Everything that this package says to a person. A path is at the end of its
// line, since nobody knows its length; the rest keeps to 80 columns.
const (
	noGit         = "no git in PATH; install git, or set BBGIT_GIT to its absolute path" + noBatch
	namedRelative = "BBGIT_GIT must be an absolute path, and is "
	namedMissing  = "BBGIT_GIT names a file that cannot be run: "
	namedSelf     = "BBGIT_GIT must name the real git, and names bbgit: "
	endless       = "bbgit and another program call each other for ever; stopped at\n"
	endlessAdvice = "\nset BBGIT_GIT to the absolute path of the real git"
	cannotRun     = "cannot run git: "
	ownMistake    = "a mistake in bbgit itself was ignored; the result is git's own"
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
