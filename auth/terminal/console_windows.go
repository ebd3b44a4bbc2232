package terminal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// console is the console of this process.
type console struct {
	in, out *os.File
	before  uint32 // the mode to go back to
	stuck   bool   // a reading goes on for ever
}

func openConsole() (*device, error) {
	if !canBeSeen() {
		return nil, fmt.Errorf("%w: the console has no window", ErrNone)
	}
	in, err := os.OpenFile("CONIN$", os.O_RDWR, 0) // writing is needed to change the mode
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	out, err := os.OpenFile("CONOUT$", os.O_RDWR, 0) // reading is needed to ask for the size
	if err != nil {
		_ = in.Close()
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	return &device{window: &console{in: in, out: out}, out: out}, nil
}

// canBeSeen tells a console that a person looks at from one that a graphical program has made because a program for the
// console must have one (CREATE_NO_WINDOW), such as an editor that fetches in the background: what is asked there
// nobody ever sees. Where a standard handle leads to the console, whoever has it is looked at, as git assumes, too. A
// console that MSYS has made for a program in mintty has a window, out of sight; there the handles are files.
func canBeSeen() bool {
	for _, file := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		var mode uint32
		if windows.GetConsoleMode(windows.Handle(file.Fd()), &mode) == nil {
			return true
		}
	}
	window, _, _ := getConsoleWindow.Call()
	return window != 0 && os.Getenv("TERM_PROGRAM") != "mintty"
}

var getConsoleWindow = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleWindow")

// Close waits for a reading, as every Close of Go's does on Windows; for one that is stuck it would wait for ever.
func (c *console) Close() error {
	if c.stuck {
		return c.out.Close()
	}
	return errors.Join(c.in.Close(), c.out.Close())
}

// sizeHandle is what the size can be asked of.
func (c *console) sizeHandle() int { return int(c.out.Fd()) }

// obeysEscapes reports whether the console understands escape sequences; otherwise it prints them.
func (c *console) obeysEscapes() bool {
	var mode uint32
	err := windows.GetConsoleMode(windows.Handle(c.out.Fd()), &mode)
	return err == nil && mode&windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING != 0
}

// readModes notes the mode to go back to.
func (c *console) readModes() error {
	if err := windows.GetConsoleMode(windows.Handle(c.in.Fd()), &c.before); err != nil {
		return fmt.Errorf("console mode: %w", err)
	}
	return nil
}

// setTyping drops what was typed so far, and switches echo on or off.
func (c *console) setTyping(typing typing) error {
	in := windows.Handle(c.in.Fd())
	mode := c.before | windows.ENABLE_LINE_INPUT | windows.ENABLE_PROCESSED_INPUT | windows.ENABLE_ECHO_INPUT
	if typing != shown {
		mode &^= windows.ENABLE_ECHO_INPUT
	}
	if err := windows.SetConsoleMode(in, mode); err != nil {
		return fmt.Errorf("switch echo: %w", err)
	}
	_ = windows.FlushConsoleInputBuffer(in)
	return nil
}

// showTyping brings the mode back that readModes found.
func (c *console) showTyping() {
	in := windows.Handle(c.in.Fd())
	_ = windows.FlushConsoleInputBuffer(in)
	_ = windows.SetConsoleMode(in, c.before)
}

// startReading reads a line in the background.
func (c *console) startReading(typing) (*reading, error) {
	r := &reading{lines: make(chan line, 1)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		text, err := bufio.NewReader(c.in).ReadString('\n')
		if err != nil {
			time.Sleep(signalDelay)
		}
		r.lines <- lineOf(text, err)
	}()
	r.end = func() { c.endReading(ended) }
	return r, nil
}

// signalDelay lets Ctrl-C be seen as what it is: it ends the read first, and arrives as a signal a moment later.
const signalDelay = 100 * time.Millisecond

// endReading ends a reading that nobody waits for any more. There is no way to cancel one that reads a line, and it
// would take the next line from the shell; so Enter is pressed for it.
func (c *console) endReading(ended <-chan struct{}) {
	if endsWithin(ended, 2*signalDelay) {
		return
	}
	c.pressEnter()
	c.stuck = !endsWithin(ended, time.Second)
}

func endsWithin(ended <-chan struct{}, limit time.Duration) bool {
	select {
	case <-ended:
		return true
	case <-time.After(limit):
		return false
	}
}

// keyEvent is an INPUT_RECORD with a KEY_EVENT_RECORD in it
// (https://learn.microsoft.com/windows/console/input-record-str).
type keyEvent struct {
	kind, _      uint16
	down         int32
	repeat, key  uint16
	_, character uint16 // the first is the key's place on the keyboard
	_            uint32 // Shift and the like
}

var writeConsoleInput = windows.NewLazySystemDLL("kernel32.dll").NewProc("WriteConsoleInputW")

func (c *console) pressEnter() {
	const kindKey, enter = 1, '\r' // KEY_EVENT; the key has its character's number
	events := [...]keyEvent{
		{kind: kindKey, down: 1, repeat: 1, key: enter, character: enter},
		{kind: kindKey, down: 0, repeat: 1, key: enter, character: enter},
	}
	var written uint32
	_, _, _ = writeConsoleInput.Call(c.in.Fd(), uintptr(unsafe.Pointer(&events)), uintptr(len(events)), uintptr(unsafe.Pointer(&written)))
}

func lineOf(text string, err error) line {
	switch {
	case errors.Is(err, io.EOF) && text == "":
		return line{err: ErrEnd}
	case err != nil && !errors.Is(err, io.EOF):
		return line{err: fmt.Errorf("read console: %w", err)}
	}
	return line{text: strings.TrimRight(text, "\r\n"), enter: strings.HasSuffix(text, "\n")}
}
