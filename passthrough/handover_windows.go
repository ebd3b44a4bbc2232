package passthrough

const canReplace = false

// replaceWith is never called: Windows has nothing like execve.
func replaceWith(string, []string, []string) error { panic("no execve") }

// commandLine returns git's command line. It begins with the whole path, as a
// git.cmd looks there for the folder it is in.
func commandLine(git string, args []string) []string {
	return append([]string{git}, args...)
}
