//go:build linux || darwin

package stage

import (
	"errors"
	"os"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// openDevice makes a pseudo-terminal of 80x24: the side of the person, and the end that a command gets.
func openDevice() (device, end *os.File, err error) {
	device, end, err = pty.Open()
	if err != nil {
		return nil, nil, err
	}
	err = pty.Setsize(device, &pty.Winsize{Rows: 24, Cols: 80})
	if err == nil {
		device, err = interruptible(device)
	}
	if err != nil {
		return nil, nil, errors.Join(err, device.Close(), end.Close())
	}
	return device, end, nil
}

// interruptible is the same device, of which a Close ends a Read that waits. The library's own is in blocking mode,
// where Close waits for the Read, and to hang up has no effect until the command writes something.
func interruptible(device *os.File) (*os.File, error) {
	fd, err := unix.FcntlInt(device.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return device, err
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return device, errors.Join(err, unix.Close(fd))
	}
	return os.NewFile(uintptr(fd), device.Name()), device.Close()
}

// echoes asks the person's side of the pseudo-terminal; both sides share their flags. It goes through SyscallConn
// because Fd would make the file blocking again.
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
	return on, errors.Join(err, asked)
}
