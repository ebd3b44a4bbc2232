//go:build unix

package handover

import "syscall"

// CanReplace tells whether the system knows Replace.
const CanReplace = true

// Replace gives git our process id, files, terminal and folder. It returns only
// with an error. The kernel resets each signal that Go's runtime handles; those
// that were ignored when we were started are ignored in git as well, if they are
// INT or HUP. For the others (QUIT, TERM, USR1 …) the runtime has forgotten it by
// then.
func Replace(git string, args, env []string) error { return syscall.Exec(git, CommandLine(args), env) }
