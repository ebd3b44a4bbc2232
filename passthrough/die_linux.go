package passthrough

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// resetSignal gives the signal its default effect back, behind the back of Go's
// runtime: that prints stacks on QUIT, ABRT and SEGV, ignores PIPE, and has no
// call for this, as signal.Reset only goes back to the runtime's own custom.
//
// A sigaction that is all zero is the default on every architecture; the kernel
// refuses the size of its mask on the one (MIPS) where that is another.
func resetSignal(s syscall.Signal) error {
	var zero [64]byte
	const maskSize = 8
	_, _, errno := syscall.RawSyscall6(syscall.SYS_RT_SIGACTION,
		uintptr(s), uintptr(unsafe.Pointer(&zero)), 0, maskSize, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// dumpNoCore keeps our death from leaving a core, or an entry in the system's
// crash reports, besides git's own.
func dumpNoCore() { unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }
