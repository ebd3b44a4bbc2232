//go:build linux || darwin

package stage

import (
	"os"

	"golang.org/x/sys/unix"
)

// echoes asks the person's end of the pseudo-terminal; both ends share their flags. It goes through SyscallConn
// because Fd would make the file blocking, and a blocked read outlives the close of its file.
func echoes(device *os.File) (on bool, err error) {
	raw, err := device.SyscallConn()
	if err != nil {
		return false, err
	}
	var asked error
	err = raw.Control(func(fd uintptr) {
		var termios *unix.Termios
		if termios, asked = unix.IoctlGetTermios(int(fd), readTermios); asked == nil {
			on = termios.Lflag&unix.ECHO != 0
		}
	})
	if err == nil {
		err = asked
	}
	return on, err
}
