package stage

import "syscall"

func ownSession() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }

func sessionWithTerminal() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }

// LeaveTerminal has nothing to do here: the scenarios do not run on Windows.
func LeaveTerminal() {}
