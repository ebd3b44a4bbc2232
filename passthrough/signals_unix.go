//go:build unix

package passthrough

import (
	"os"
	"os/signal"
	"syscall"
)

// ending are the signals that end a process which does nothing about them, and
// so end git. While bbgit stays it outlives them and passes them on: then git
// decides, whether they came from the terminal to all of the process group or
// from kill(1) or timeout(1) to us alone. In the first case git gets two,
// which it takes for one: it blocks a signal while it handles it.
//
// The stop signals of job control are not among them: Go leaves them alone, so
// that ^Z stops us as it stops git.
var ending = [...]os.Signal{
	syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM, syscall.SIGHUP,
	syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM,
}

// catchSignals keeps us alive and returns the signals to pass on. They stay
// caught until we leave. They are caught and not ignored, since git would
// inherit that; and for the same reason one that was ignored when we were
// started (by nohup, or by a shell's &) is left so.
func catchSignals() <-chan os.Signal {
	caught := make(chan os.Signal, len(ending))
	for _, s := range ending {
		if !signal.Ignored(s) {
			signal.Notify(caught, s)
		}
	}
	outlivePipe()
	return caught
}

// outlivePipe turns SIGPIPE into an error of the write that raises it, for
// nobody reads this channel. It must not be passed on: the companion's writes
// to a socket whose other end is gone raise it, and git has no part in that.
// Git's own closed pipe ends git, and us by git's example.
func outlivePipe() {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
}

// passOn gives git the signal. An error says that git has just ended.
func passOn(git *os.Process, s os.Signal) { git.Signal(s) }

func endOf(state *os.ProcessState) End {
	status := state.Sys().(syscall.WaitStatus)
	if status.Signaled() {
		return End{Code: statusOf(status.Signal()), Signal: status.Signal()}
	}
	return End{Code: status.ExitStatus()}
}
