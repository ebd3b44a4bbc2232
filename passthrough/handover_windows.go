package passthrough

const canReplace = false

// replaceWith is never called: Windows has nothing like execve.
func replaceWith(string, []string, []string) error { panic("no execve") }
