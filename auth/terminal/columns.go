package terminal

import (
	"os"

	"golang.org/x/term"
)

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
