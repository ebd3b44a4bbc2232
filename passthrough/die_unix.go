//go:build unix

package passthrough

import (
	"strconv"
	"syscall"
)

// leaveAs returns git's exit status. Where git died of a signal it does not
// return: we die of the same one, as a shell tells the one from the other.
//
// Go cannot do that by itself for each signal: its runtime prints stacks on
// QUIT, ABRT and SEGV, ignores PIPE, and its os/signal offers no way back to the
// system's default. A new program begins with the defaults, so a shell takes
// our place and sends itself the signal. It has no environment, and so no
// start-up file, and it dumps no core, as git has left its own.
func leaveAs(end End) int {
	if end.Signal == 0 {
		return end.Code
	}
	status := 128 + int(end.Signal)
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_CORE, &limit) == nil {
		limit.Cur = 0
		syscall.Setrlimit(syscall.RLIMIT_CORE, &limit)
	}
	die := "kill -" + strconv.Itoa(int(end.Signal)) + " $$; exit " + strconv.Itoa(status)
	syscall.Exec("/bin/sh", []string{"sh", "-c", die}, nil)
	return status // no shell, or a signal that was ignored when we were started
}
