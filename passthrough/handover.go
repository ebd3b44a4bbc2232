package passthrough

import "bbgit/passthrough/handover"

// testOnlyNoExec is set by the linker (-X) in tests, so that what Windows does
// is tested on Unix as well. As a variable of the environment it would weaken
// the program that people install.
var testOnlyNoExec string

// handOver puts git in this process's place. It returns only where that is not
// possible: on Windows, which has no execve, git is started and waited for.
func handOver(c Command, env []string, note Note) int {
	if !handover.CanReplace || testOnlyNoExec != "" {
		return stay(c, env, nil, note)
	}
	err := handover.Replace(c.Git, c.Args, env)
	return sayCannotRun(c.Git, err)
}
