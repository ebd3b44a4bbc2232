//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package terminal

import "golang.org/x/sys/unix"

const (
	getModes        = unix.TIOCGETA
	setModes        = unix.TIOCSETA
	setModesAndDrop = unix.TIOCSETAF
)

// noKey in the place of a control character switches it off (_POSIX_VDISABLE).
const noKey = 0xff

// longestLine is what the kernel keeps of one typed line (MAX_CANON less the line end).
const longestLine = 1023

func dropInput(fd int) {
	const input = 1 // FREAD of <sys/fcntl.h>
	_ = unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, input)
}
