package passthrough

import (
	"runtime"
	"syscall"
)

// notOrphaned returns the attributes with which the kernel sends git a TERM when this process has been killed: who
// kills us means git, and SIGKILL leaves nobody to pass it on. A TERM lets git remove its locks.
//
// For the kernel the parent is the thread that has started git (prctl(2), PR_SET_PDEATHSIG). So the calling goroutine
// keeps its thread, until release.
func notOrphaned() (attributes *syscall.SysProcAttr, release func()) {
	runtime.LockOSThread()
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}, runtime.UnlockOSThread
}
