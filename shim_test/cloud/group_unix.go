//go:build unix

package cloud

import (
	"os/exec"
	"syscall"
)

// inOwnGroup lets the end of cmd be the end of all that it started: git
// http-backend runs receive-pack, and that runs hooks, which nothing else
// reaches. A Ctrl-C meant for the demo's shell does not reach them either.
func inOwnGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
