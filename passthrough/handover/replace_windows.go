package handover

// CanReplace tells whether the system knows Replace.
const CanReplace = false

// Replace is never called: Windows has nothing like execve.
func Replace(string, []string, []string) error { panic("no execve") }
