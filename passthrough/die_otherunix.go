//go:build unix && !linux

package passthrough

import "syscall"

// resetSignal cannot be done without the C library, which owns sigaction here.
func resetSignal(syscall.Signal) error { return syscall.ENOSYS }

// dumpNoCore keeps our death from leaving a core besides git's own.
func dumpNoCore() {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_CORE, &limit) == nil {
		limit.Cur = 0
		syscall.Setrlimit(syscall.RLIMIT_CORE, &limit)
	}
}
