package terminal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/windows"
)

// device is the console of this process.
type device struct {
	in, out *os.File
	shown   uint32 // the mode to go back to
}

func openDevice() (*device, error) {
	in, err := os.OpenFile("CONIN$", os.O_RDWR, 0) // writing is needed to change the mode
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	out, err := os.OpenFile("CONOUT$", os.O_RDWR, 0) // reading is needed to ask for the size
	if err != nil {
		_ = in.Close()
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	return &device{in: in, out: out}, nil
}

// Close closes the device.
func (d *device) Close() error {
	return errors.Join(d.in.Close(), d.out.Close())
}

// sizeHandle is what the size can be asked of.
func (d *device) sizeHandle() int { return int(d.out.Fd()) }

// obeysEscapes reports whether the console understands escape sequences; otherwise it prints them.
func (d *device) obeysEscapes() bool {
	var mode uint32
	err := windows.GetConsoleMode(windows.Handle(d.out.Fd()), &mode)
	return err == nil && mode&windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING != 0
}

// readModes notes the mode to go back to.
func (d *device) readModes() error {
	if err := windows.GetConsoleMode(windows.Handle(d.in.Fd()), &d.shown); err != nil {
		return fmt.Errorf("console mode: %w", err)
	}
	return nil
}

// setTyping drops what was typed so far, and switches echo on or off.
func (d *device) setTyping(typing typing) error {
	console := windows.Handle(d.in.Fd())
	mode := d.shown | windows.ENABLE_LINE_INPUT | windows.ENABLE_PROCESSED_INPUT | windows.ENABLE_ECHO_INPUT
	if typing != shown {
		mode &^= windows.ENABLE_ECHO_INPUT
	}
	if err := windows.SetConsoleMode(console, mode); err != nil {
		return fmt.Errorf("switch echo: %w", err)
	}
	_ = windows.FlushConsoleInputBuffer(console)
	return nil
}

// inForeground: a console has no background, and no way to take Ctrl-C from git alone either.
func (d *device) inForeground() bool { return false }

// typingHidden is not asked on Windows, where nothing resumes.
func (d *device) typingHidden() bool { return true }

// showTyping brings the mode back that readModes found.
func (d *device) showTyping() {
	console := windows.Handle(d.in.Fd())
	_ = windows.FlushConsoleInputBuffer(console)
	_ = windows.SetConsoleMode(console, d.shown)
}

// reading is a line being read in the background.
type reading struct {
	lines chan line
}

func (d *device) startReading(typing) (*reading, error) {
	r := &reading{lines: make(chan line, 1)}
	go func() {
		text, err := bufio.NewReader(d.in).ReadString('\n')
		if err != nil {
			time.Sleep(signalDelay)
		}
		r.lines <- lineOf(text, err)
	}()
	return r, nil
}

// signalDelay lets Ctrl-C be seen as what it is: it ends the read first, and arrives as a signal a moment later.
const signalDelay = 100 * time.Millisecond

// stop leaves a reading that has not ended to itself. A console read in line mode cannot be cancelled: it would take
// the next line. Whoever cancels a question is about to end the process.
func (r *reading) stop() {}

func lineOf(text string, err error) line {
	switch {
	case errors.Is(err, io.EOF) && text == "":
		return line{err: ErrEnd}
	case err != nil && !errors.Is(err, io.EOF):
		return line{err: fmt.Errorf("read console: %w", err)}
	}
	return line{text: strings.TrimRight(text, "\r\n"), enter: strings.HasSuffix(text, "\n")}
}
