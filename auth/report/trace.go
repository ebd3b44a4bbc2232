package report

import (
	"io"
	"os"
	"strings"

	"bbgit/auth/pattern"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
)

// What is read of the end of a trace: the last command or two.
const (
	mostTrace      = 64 << 10
	mostTraceLines = 120
)

// ourLine is how trace.Notef writes. Git's own traces may be in the same file, and
// have secrets in them.
var ourLine = pattern.New(`^\d\d:\d\d:\d\d\.\d{6} bbgit\[\d+\] `)

// Trace is the end of a file that BBGIT_TRACE named, without what others have
// written there.
func Trace(file string) ([]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if end, err := f.Seek(0, io.SeekEnd); err == nil {
		if _, err := f.Seek(max(0, end-mostTrace), io.SeekStart); err != nil {
			return nil, err
		}
	}
	text, err := io.ReadAll(io.LimitReader(f, mostTrace))
	if err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n")
		if ourLine.MatchString(line) {
			lines = append(lines, secret.Scrub(terminal.Plain(line)))
		}
	}
	return lines[max(0, len(lines)-mostTraceLines):], nil
}
