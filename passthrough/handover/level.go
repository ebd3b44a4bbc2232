package handover

import (
	"errors"
	"strconv"
)

// levelVariable counts how many bbgit are running inside each other: a hook, an
// alias or a rebase --exec of the outer one has called the inner one.
//
// File identity tells bbgit from git, but not from another copy of bbgit, nor
// from a script called git that runs bbgit. Two of such would call each other
// for ever, and with execve even under one process id, so that only something
// that travels with them can tell. Remembering the programs already seen would
// not do: a hook rightly runs the same git again.
const levelVariable = "BBGIT_LEVEL"

// deepestLevel is more than people nest (an alias in a hook of a submodule's
// rebase makes four), and few enough to end an accident within a blink.
const deepestLevel = 32

// Deeper returns env for a git that is started from here, one level down.
func Deeper(env []string, git string) ([]string, error) {
	level, at := 0, -1
	for i, entry := range env {
		if begins(entry, levelVariable+"=") {
			level, at = readLevel(entry[len(levelVariable+"="):]), i
			break
		}
	}
	if level >= deepestLevel {
		return nil, errors.New(endless + git + endlessAdvice)
	}
	entry := levelVariable + "=" + strconv.Itoa(level+1)
	if at < 0 {
		return append(env, entry), nil
	}
	env[at] = entry
	return env, nil
}

// readLevel takes what is no level of ours for none. That cannot keep a loop
// going: the next one reads what this one wrote.
func readLevel(value string) int {
	level, err := strconv.Atoi(value)
	if err != nil || level < 0 {
		return 0
	}
	return level
}
