//go:build unix

package passthrough

import "syscall"

const canReplace = true

// replaceWith gives git our process id, files, terminal and folder. The kernel
// resets each signal that Go's runtime handles; those that were ignored when we
// were started are ignored in git as well, if they are INT or HUP. For the
// others (QUIT, TERM, USR1 …) the runtime has forgotten it by then.
func replaceWith(git string, argv, env []string) error { return syscall.Exec(git, argv, env) }
