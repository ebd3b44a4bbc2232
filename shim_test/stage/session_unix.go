//go:build unix

package stage

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// ownSession starts a command without a controlling terminal. Redirecting stdin, stdout and stderr is not enough: a
// program that wants to ask a person opens /dev/tty.
func ownSession() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

// sessionWithTerminal starts a command whose controlling terminal is its stdin.
func sessionWithTerminal() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Setctty: true}
}

// LeaveTerminal makes sure that no command of a test can reach the tester's terminal. It runs the calling program
// again in a session of its own and exits with that one's status; where there is no terminal it returns.
// (A plain setsid is refused to the leader of a process group, which a test started from a shell is.)
func LeaveTerminal() {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return
	}
	tty.Close()
	again := exec.Command("/proc/self/exe")
	if self, err := os.Executable(); err == nil {
		again.Path = self
	}
	again.Args = os.Args
	again.Stdin, again.Stdout, again.Stderr = os.Stdin, os.Stdout, os.Stderr
	again.SysProcAttr = ownSession()
	os.Exit(runForwarding(again))
}

// runForwarding runs cmd and passes on the signals with which `go test` and the tester's keyboard end a test.
func runForwarding(cmd *exec.Cmd) int {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	if err := cmd.Start(); err != nil {
		return 1
	}
	go func() {
		for s := range signals {
			_ = cmd.Process.Signal(s)
		}
	}()
	var failed *exec.ExitError
	if err := cmd.Wait(); errors.As(err, &failed) {
		return max(failed.ExitCode(), 1) // -1 stands for a signal
	}
	return 0
}
