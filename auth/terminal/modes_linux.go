package terminal

import "golang.org/x/sys/unix"

const (
	getModes        = unix.TCGETS
	setModes        = unix.TCSETS
	setModesAndDrop = unix.TCSETSF
)

// noKey in the place of a control character switches it off (_POSIX_VDISABLE).
const noKey = 0

// longestLine is what the kernel keeps of one typed line (N_TTY_BUF_SIZE less the line end).
const longestLine = 4095

func dropInput(fd int) {
	_ = unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH)
}
