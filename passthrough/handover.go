package passthrough

// testOnlyNoExec is set by the linker (-X) in tests, so that what Windows does
// is tested on Unix as well. As a variable of the environment it would weaken
// the program that people install.
var testOnlyNoExec string

// handOver puts git in this process's place. It returns only where that is not
// possible: on Windows, which has no execve, git is started and waited for.
func handOver(c Command, env []string, note Note) int {
	if !canReplace || testOnlyNoExec != "" {
		return stay(c, env, nil, note)
	}
	err := replaceWith(c.Git, commandLine(c.Args), env)
	return sayCannotRun(c.Git, err)
}

// commandLine returns git's argv. Its first word is what a shell would give.
// The path of the file would be wrong: from a file called git-2.55 git would
// read that it is to run a command 2.55.
func commandLine(args []string) []string { return append([]string{"git"}, args...) }
