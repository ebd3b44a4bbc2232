//go:build linux

package main

import (
	"regexp"
	"strconv"
	"strings"
)

// A verdict is how one test ended.
type verdict string

// The verdicts of git's tests. "Broken" is one that git is known not to pass.
const (
	passed  verdict = "ok"
	failed  verdict = "not ok"
	skipped verdict = "skipped"
	broken  verdict = "known breakage"
	mended  verdict = "known breakage, and ok"
	missing verdict = "did not run"
)

// A test is one line of a script's results.
type test struct {
	number  int
	name    string
	verdict verdict
}

// resultLine is a line of results in the Test Anything Protocol, as git's tests write it.
var resultLine = regexp.MustCompile(`^(ok|not ok) ([0-9]+)(?: -)?(.*)$`)

// readTAP reads the results of one script.
func readTAP(text string) []test {
	var tests []test
	for line := range strings.Lines(text) {
		parts := resultLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if parts == nil {
			continue
		}
		number, err := strconv.Atoi(parts[2])
		if err != nil {
			continue
		}
		tests = append(tests, readResult(parts[1] == "ok", number, strings.TrimSpace(parts[3])))
	}
	return tests
}

// endLine begins the line that we add to the results of a script when it has come to its end.
const endLine = "# the script ended: "

// readEnd reads how a script ended, from results that are complete.
func readEnd(text string) (end string, ended bool) {
	_, last, ended := cutLast(text, "\n"+endLine)
	return strings.TrimSuffix(last, "\n"), ended
}

func readResult(ok bool, number int, rest string) test {
	if name, found := strings.CutPrefix(rest, "# skip "); found {
		name, _, _ = cutLast(name, " (") // why it was skipped
		return test{number, name, skipped}
	}
	name, known := strings.CutSuffix(rest, " # TODO known breakage")
	name, vanished := strings.CutSuffix(name, " # TODO known breakage vanished")
	switch {
	case known:
		return test{number, name, broken}
	case vanished:
		return test{number, name, mended}
	case ok:
		return test{number, name, passed}
	}
	return test{number, name, failed}
}

func cutLast(text, separator string) (before, after string, found bool) {
	at := strings.LastIndex(text, separator)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(separator):], true
}
