//go:build unix

package terminal

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

const path = "/dev/tty"

// device is the controlling terminal, opened twice: for reading with O_NONBLOCK, so that no read can hang after
// somebody else took the line, and for writing without, so that nothing printed is lost. Each opening has its own
// flags; setting O_NONBLOCK on an inherited descriptor would change it for the shell as well.
type device struct {
	in    int
	out   *os.File
	shown *unix.Termios // the modes to go back to
}

func openDevice() (*device, error) {
	in, err := unix.Open(path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrNone, path, err)
	}
	out, err := os.OpenFile(path, os.O_WRONLY|unix.O_NOCTTY, 0)
	if err != nil {
		_ = unix.Close(in)
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	return &device{in: in, out: out}, nil
}

// Close closes the device.
func (d *device) Close() error {
	return errors.Join(unix.Close(d.in), d.out.Close())
}

// sizeHandle is what the size can be asked of.
func (d *device) sizeHandle() int { return d.in }

// obeysEscapes: on Unix the environment alone decides.
func (d *device) obeysEscapes() bool { return true }

// readModes notes the modes to go back to. Once a question and not once a round: after a SIGSTOP, which leaves no time
// to switch echo on, the modes of the terminal can be our own.
//
// In the background the modes are those of the shell's line editor, with echo off. Dropping the input, which the
// question begins with anyway, makes the kernel stop us there until the person brings us to the foreground, as it
// does with any program that asks.
func (d *device) readModes() (err error) {
	dropInput(d.in)
	if d.shown, err = unix.IoctlGetTermios(d.in, getModes); err != nil {
		return failure("terminal modes", err)
	}
	return nil
}

// setTyping drops what was typed so far, and switches echo off where typing is to be hidden. Where it is shown, echo
// stays as the person has it: an editor's shell window, which shows what is typed itself, has it off.
//
// Dropping and switching are one request: the input is dropped before echo goes off, so that a program that types for
// the person and waits for the ECHO flag can never lose its first characters.
//
// Ctrl-Z becomes a second line end, so that echo can be switched on before the process stops; see suspendGroup. While
// somebody is only waiting Ctrl-C becomes a third one: it must not end git.
func (d *device) setTyping(typing typing) error {
	modes := *d.shown
	if typing != shown {
		modes.Lflag &^= unix.ECHO | unix.ECHONL
	}
	modes.Lflag |= unix.ICANON | unix.ISIG
	modes.Iflag |= unix.ICRNL
	modes.Cc[unix.VEOL], modes.Cc[unix.VSUSP] = d.suspendKey(), noKey
	if typing == waiting {
		modes.Lflag |= unix.IEXTEN // without it the second of these two is not looked at (termios(3))
		modes.Cc[unix.VEOL2], modes.Cc[unix.VINTR] = d.interruptKey(), noKey
	}
	if err := setTermios(d.in, setModesAndDrop, &modes); err != nil {
		return failure("switch echo", err)
	}
	return nil
}

// failure wraps an error of the device. EIO is what a terminal answers whose window was closed.
func failure(what string, err error) error {
	if errors.Is(err, unix.EIO) {
		return ErrEnd
	}
	return fmt.Errorf("%s: %w", what, err)
}

func (d *device) typingHidden() bool {
	modes, err := unix.IoctlGetTermios(d.in, getModes)
	return err == nil && modes.Lflag&unix.ECHO == 0
}

// suspendKey is Ctrl-Z, or what the person has chosen instead of it.
func (d *device) suspendKey() byte { return d.shown.Cc[unix.VSUSP] }

// interruptKey is Ctrl-C, or what the person has chosen instead of it.
func (d *device) interruptKey() byte { return d.shown.Cc[unix.VINTR] }

// showTyping brings the modes back that readModes found.
//
// It does not wait until the output has been written, as setTyping does: with output held by Ctrl-S a SIGTERM would
// hang. In the background it does nothing: the terminal is the shell's then, which has set its own modes, and the
// kernel would stop us instead of letting us end.
func (d *device) showTyping() {
	if !d.inForeground() {
		return
	}
	dropInput(d.in)
	_ = setTermios(d.in, setModes, d.shown)
}

func (d *device) inForeground() bool {
	group, err := unix.IoctlGetInt(d.in, unix.TIOCGPGRP)
	return err == nil && group == unix.Getpgrp()
}

func setTermios(fd int, request uint, modes *unix.Termios) error {
	for {
		if err := unix.IoctlSetTermios(fd, request, modes); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}
