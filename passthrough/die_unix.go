//go:build unix

package passthrough

import (
	"strconv"
	"syscall"
	"time"
)

// leaveAs returns git's exit status. Where git died of a signal it does not
// return: we die of the same one, as a shell tells the one from the other. The
// status is for when that fails, or the signal was ignored when we were started.
func leaveAs(end End) int {
	if end.Signal == 0 {
		return end.Code
	}
	dumpNoCore()
	if end.Signal == syscall.SIGKILL || resetSignal(end.Signal) == nil {
		syscall.Kill(syscall.Getpid(), end.Signal)
		time.Sleep(time.Second) // the kernel may give it to another thread, a moment later
	} else {
		syscall.Exec("/bin/sh", shellThatDiesOf(end.Signal), nil)
	}
	return statusOf(end.Signal)
}

// shellThatDiesOf returns the command line of a shell that can die for us where
// our own signals cannot be reset: a new program begins with the defaults. It
// is to have no environment, and so no start-up file. One that is bash never
// dies of QUIT, and leaves with the status.
func shellThatDiesOf(s syscall.Signal) []string {
	script := "kill -" + strconv.Itoa(int(s)) + " $$; exit " + strconv.Itoa(statusOf(s))
	return []string{"sh", "-c", script}
}

// statusOf is what a shell has in $? after a program that died of the signal.
func statusOf(s syscall.Signal) int { return 128 + int(s) }
