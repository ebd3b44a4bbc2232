//go:build unix

package terminal

import (
	"bytes"
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// reading is a line being read in the background.
type reading struct {
	lines chan line
	wake  [2]int // a pipe: a byte in it ends the reading
}

// startReading reads one line. A plain blocking read could not be ended without a key press, and the deadlines of
// os.File do not work on the terminals of macOS, where only select(2) does.
//
// Ctrl-Z ends a line as well, and so does Ctrl-C where nothing else counts: with errSuspended and errPassedOver.
func (d *device) startReading(typing typing) (*reading, error) {
	r := &reading{lines: make(chan line, 1)}
	if err := unix.Pipe(r.wake[:]); err != nil {
		return nil, fmt.Errorf("pipe: %w", err)
	}
	unix.CloseOnExec(r.wake[0])
	unix.CloseOnExec(r.wake[1])
	ends := map[byte]error{d.suspendKey(): errSuspended}
	if typing == waiting {
		ends[d.interruptKey()] = errPassedOver
	}
	delete(ends, noKey)
	go func() {
		defer close(r.lines)
		r.lines <- readLine(d.in, r.wake[0], ends, typing)
	}()
	return r, nil
}

// isLine tells that what is typed is read up to Enter.
func (t typing) isLine() bool { return t == hidden || t == shown }

// stop ends the reading and waits until it has ended, so that nothing of the next line gets lost in it.
func (r *reading) stop() {
	_, _ = unix.Write(r.wake[1], []byte{0})
	for range r.lines {
	}
	_ = unix.Close(r.wake[0])
	_ = unix.Close(r.wake[1])
}

var errWoken = errors.New("woken")

// readLine reads up to a line end, or up to a key that ends the line with an error. Where no line is wanted, all that is
// typed is dropped.
func readLine(tty, wake int, ends map[byte]error, typing typing) line {
	var text []byte
	buffer := make([]byte, longestLine+1)
	for {
		if err := awaitInput(tty, wake); err != nil {
			return line{err: err}
		}
		n, err := unix.Read(tty, buffer)
		switch {
		case errors.Is(err, unix.EAGAIN), errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return line{err: failure("read "+path, err)}
		case n == 0 && len(text) == 0:
			return line{err: ErrEnd}
		}
		text = append(text, buffer[:n]...)
		// A read without a line end: Ctrl-D behind some text, which hands over the text; a second one ends the line.
		if before, _, ended := bytes.Cut(text, []byte{'\n'}); n == 0 || ended && typing.isLine() {
			return lineOf(before, ended)
		}
		if err := ends[text[len(text)-1]]; err != nil {
			return line{err: err}
		}
	}
}

func lineOf(text []byte, enter bool) line {
	if len(text) >= longestLine {
		return line{err: ErrTooLong, enter: enter}
	}
	return line{text: string(text), enter: enter}
}

// awaitInput waits until tty has a line, or returns errWoken when wake has a byte.
func awaitInput(tty, wake int) error {
	if max(tty, wake) >= unix.FD_SETSIZE {
		return fmt.Errorf("read %s: too many open files", path)
	}
	for {
		var ready unix.FdSet
		ready.Set(tty)
		ready.Set(wake)
		_, err := unix.Select(max(tty, wake)+1, &ready, nil, nil, nil)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return fmt.Errorf("wait for %s: %w", path, err)
		case ready.IsSet(wake):
			return errWoken
		}
		return nil
	}
}
