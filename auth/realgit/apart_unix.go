//go:build unix

package realgit

import (
	"os/exec"
	"syscall"
)

// apart runs a command in a session of its own: without a terminal, ssh cannot
// ask for a passphrase there, and the whole of it can be ended at once, whatever
// programs ssh has started to get through to the host.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// politeSignal asks git to end: it then ends its helpers too.
const politeSignal = syscall.SIGTERM
