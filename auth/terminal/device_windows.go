package terminal

import "os"

// device is the window that the person sits at: a console, or mintty, the window of Git Bash, which is none.
type device struct {
	window
	out *os.File // what is printed goes here
}

type window interface {
	Close() error
	sizeHandle() int        // what the size can be asked of
	obeysEscapes() bool     // or escape sequences are printed
	readModes() error       // notes the modes to go back to
	setTyping(typing) error // switches echo on or off, and drops what was typed so far
	showTyping()            // goes back to those modes
	startReading(typing) (*reading, error)
}

func openDevice() (*device, error) {
	if d := openMintty(); d != nil {
		return d, nil
	}
	return openConsole()
}

// inForeground: a console has no background, and no way to take Ctrl-C from git alone either.
func (d *device) inForeground() bool { return false }

// typingHidden is not asked on Windows, where nothing resumes.
func (d *device) typingHidden() bool { return true }

// reading is a line being read in the background.
type reading struct {
	lines chan line
	end   func()
}

func (r *reading) stop() { r.end() }
