package realgit

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// apart runs a command with a console of its own that nobody sees, so that ssh
// cannot ask for a passphrase there.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW}
}

// politeSignal would ask git to end. Windows has only the other way.
const politeSignal = syscall.SIGKILL
