// Package netrc finds what .netrc (or _netrc on Windows) holds for a host. Git
// itself never reads that file: curl does, before it asks git for anything, so
// that a dead password in there is sent without any helper being asked.
package netrc

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Entry is what curl would send to a host.
type Entry struct {
	File     string
	Line     int // where the entry begins, counted from 1
	Login    string
	Password string
}

// maxSize is more than any such file has, in bytes.
const maxSize = 1 << 20

// Lookup reads the file in the folder home, as curl does; found is false where
// there is none, or no entry for host.
func Lookup(home, host string) (entry Entry, found bool, err error) {
	for _, name := range names() {
		file := filepath.Join(home, name)
		info, err := os.Stat(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxSize {
			return Entry{}, false, err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return Entry{}, false, err
		}
		entry, found = Find(string(text), host)
		entry.File = file
		return entry, found, nil
	}
	return Entry{}, false, nil
}

// names are tried in curl's order; on Windows it knows both.
func names() []string {
	if runtime.GOOS == "windows" {
		return []string{".netrc", "_netrc"}
	}
	return []string{".netrc"}
}

// Find returns the first entry for host, or else the default entry.
func Find(text, host string) (entry Entry, found bool) {
	words := words(text)
	for len(words) > 0 {
		word := words[0]
		words = words[1:]
		switch {
		case word.text == "default":
		case word.text == "machine" && len(words) > 0:
			name := words[0].text
			words = words[1:]
			if !strings.EqualFold(name, host) {
				continue
			}
		default:
			continue
		}
		entry := Entry{Line: word.line}
		for len(words) > 1 && words[0].text != "machine" && words[0].text != "default" {
			switch words[0].text {
			case "login":
				entry.Login = words[1].text
			case "password":
				entry.Password = words[1].text
			}
			words = words[2:]
		}
		return entry, true
	}
	return Entry{}, false
}

type word struct {
	text string
	line int
}

// words splits the file at white space. Comments and macros are left out, and
// quotes taken off, as curl does since 7.84.
func words(text string) []word {
	var all []word
	macro := false
	for number, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, "\r")
		if macro {
			macro = strings.TrimSpace(line) != ""
			continue
		}
		for _, w := range fields(line) {
			if w == "macdef" {
				macro = true
				break
			}
			all = append(all, word{w, number + 1})
		}
	}
	return all
}

func fields(line string) []string {
	var out []string
	for {
		line = strings.TrimLeft(line, " \t")
		if line == "" || line[0] == '#' {
			return out
		}
		var w string
		if line[0] == '"' {
			w, line = unquote(line[1:])
		} else {
			end := strings.IndexAny(line, " \t")
			if end < 0 {
				end = len(line)
			}
			w, line = line[:end], line[end:]
		}
		out = append(out, w)
	}
}

// unquote reads up to the closing quote; a backslash takes the next byte as it is.
func unquote(s string) (w, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}
