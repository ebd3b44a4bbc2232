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
	start, end := locate(words, host)
	if start < 0 {
		return Entry{}, false
	}
	entry.Line = words[start].line
	for pairs := words[start+intro(words[start]) : end]; len(pairs) > 1; pairs = pairs[2:] {
		switch pairs[0].text {
		case "login":
			entry.Login = pairs[1].text
		case "password":
			entry.Password = pairs[1].text
		}
	}
	return entry, true
}

// Lines returns the lines that the entry for host stands on, as they are written;
// ok is false where something else stands on them too, or the entry is the
// default one, which is for other hosts as well.
func Lines(text, host string) (lines string, ok bool) {
	words := words(text)
	start, end := locate(words, host)
	if start < 0 || words[start].text == "default" {
		return "", false
	}
	first, last := words[start].line, words[end-1].line
	if start > 0 && words[start-1].line == first || end < len(words) && words[end].line == last {
		return "", false
	}
	all := strings.SplitAfter(text, "\n")
	lines = strings.Join(all[first-1:last], "")
	return lines, !strings.Contains(lines, "macdef")
}

// locate finds the words of an entry, from "machine" or "default" on. start is -1
// where there is none. A pair that is cut off belongs to it.
func locate(words []word, host string) (start, end int) {
	for i := 0; i < len(words); i++ {
		switch {
		case words[i].text == "default":
		case words[i].text == "machine" && i+1 < len(words):
			if i++; !strings.EqualFold(words[i].text, host) {
				continue
			}
			i--
		default:
			continue
		}
		end = i + intro(words[i])
		for end < len(words) && words[end].text != "machine" && words[end].text != "default" {
			end = min(end+2, len(words))
		}
		return i, end
	}
	return -1, 0
}

// intro is how many words come before the pairs of an entry.
func intro(first word) int {
	if first.text == "machine" {
		return 2
	}
	return 1
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
