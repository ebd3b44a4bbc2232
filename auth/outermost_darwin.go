package auth

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// lookAt asks the kernel (sysctl(3), KERN_PROC_PID).
func lookAt(pid int) (p process, ok bool) {
	info, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	if err != nil {
		return process{}, false
	}
	start := info.Proc.P_starttime
	return process{
		name:    unix.ByteSliceToString(info.Proc.P_comm[:]),
		parent:  int(info.Eproc.Ppid),
		started: fmt.Sprint(start.Sec, ".", start.Usec),
	}, true
}
