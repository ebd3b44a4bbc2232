package terminal

import (
	"os"

	"golang.org/x/term"
)

// Is tells whether a file is a terminal. One that is no file is none.
func Is(file any) bool {
	f, ok := file.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Columns returns how wide the terminal is that a file writes to, and 0 where it is none: a pipe, a file on disk.
func Columns(f *os.File) int {
	columns, _, err := term.GetSize(int(f.Fd()))
	switch {
	case err != nil:
		return 0
	case columns <= 0:
		return usualWidth
	}
	return columns
}
