// Package sshtrace reads which connections over SSH git made, and which of them
// nobody answered.
//
// Git does not tell in any other way: ssh's words go to the person's terminal,
// git's own are translated, and its exit status is the same for every failure.
// Setting GIT_SSH_COMMAND to a program that listens in would take the place of
// core.sshCommand, which may differ in every submodule.
//
// The source is GIT_TRACE2 with a folder as its target: a file for each process
// of git (api-trace2, "Normal Format Target"), through submodules, aliases and
// hooks. Whether a child process ended well is what GIT_TRACE lacks. The event
// format would be easier to read, but trace2.eventTarget is how companies
// collect statistics, and the variable would take its place.
package sshtrace

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/pattern"
)

// Variable is the variable that makes git write what Unanswered reads.
const Variable = "GIT_TRACE2"

// A Connection is one over SSH that git made.
type Connection struct {
	Remote  bitbucket.SSHRemote
	Long    bool   // the URL was an ssh:// one
	Service string // "git-upload-pack", "git-receive-pack"
}

// URL is the one that git connected to, in its notation: the server may tell
// the two apart.
func (c Connection) URL() string {
	if c.Long {
		return c.Remote.String()
	}
	destination := c.Remote.Host
	if c.Remote.User != "" {
		destination = c.Remote.User + "@" + destination
	}
	return destination + ":" + c.Remote.Repository.String() + ".git"
}

// Unanswered reads what the gits of one command have written into a folder:
// the connections that did not end well, latest first, each of them once. Those
// to paths that Bitbucket cannot have are left out.
func Unanswered(folder string) []Connection {
	files, _ := filepath.Glob(filepath.Join(folder, "*"))
	slices.Sort(files) // their names begin with the time
	var found []Connection
	for _, file := range slices.Backward(files) {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		for _, c := range slices.Backward(unanswered(string(text))) {
			if !slices.Contains(found, c) {
				found = append(found, c)
			}
		}
	}
	return found
}

// Before these stand the time and a line of git's source.
var (
	started = pattern.New(` child_start\[([0-9]+)\] (.*)`)
	ended   = pattern.New(` child_exit\[([0-9]+)\] pid:[0-9]+ code:0 `)
)

// unanswered reads the trace of one process, whose children have numbers. Git
// gives up without waiting for an ssh that failed: it has no end at all.
func unanswered(trace string) []Connection {
	var order []string
	open := make(map[string]Connection)
	for line := range strings.Lines(trace) {
		if start := started.FindStringSubmatch(line); start != nil {
			if c, ok := connection(start[2]); ok {
				open[start[1]] = c
				order = append(order, start[1])
			}
		} else if end := ended.FindStringSubmatch(line); end != nil {
			delete(open, end[1])
		}
	}
	var left []Connection
	for _, child := range order {
		if c, ok := open[child]; ok {
			left = append(left, c)
		}
	}
	return left
}

// connection reads the command line with which git starts ssh, or whatever the
// person has in its place: PROGRAM [OPTION…] [USER@]HOST "SERVICE 'PATH'". The
// port is an option, "-p" or plink's "-P".
func connection(line string) (Connection, bool) {
	words, ok := unquote(line)
	if !ok || len(words) < 3 {
		return Connection{}, false
	}
	destination, command := words[len(words)-2], words[len(words)-1]
	service, rest, _ := strings.Cut(command, " ")
	path, ok := unquote(rest)
	if !ok || len(path) != 1 || service != "git-upload-pack" && service != "git-receive-pack" {
		return Connection{}, false
	}
	options := words[:len(words)-2]
	port := ""
	if n := len(options); n >= 2 && strings.EqualFold(options[n-2], "-p") {
		port = ":" + options[n-1]
	}
	remote, ok := bitbucket.ParseSSHRemote("ssh://" + destination + port + "/" + strings.TrimPrefix(path[0], "/"))
	return Connection{Remote: remote, Long: strings.HasPrefix(path[0], "/"), Service: service}, ok
}

// unquote reads words as git writes them for sh: with '…' around what needs it,
// and a backslash outside of that (quote.c, sq_quote_argv_pretty).
func unquote(line string) (words []string, ok bool) {
	var word strings.Builder
	inWord, inQuotes := false, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\'':
			inQuotes, inWord = !inQuotes, true
		case inQuotes:
			word.WriteByte(c)
		case c == '\\' && i+1 < len(line):
			i++
			word.WriteByte(line[i])
		case c == ' ':
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteByte(c)
			inWord = true
		}
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, !inQuotes
}
