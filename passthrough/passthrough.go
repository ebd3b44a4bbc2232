// Package passthrough forwards a command line to the real git, so that nobody
// can tell the difference: same arguments, files, terminal, environment,
// folder, exit status and death by signal.
//
// A command goes one of three ways, which the table in commands.go chooses by
// the command's word:
//
//   - Most commands are handed over: git takes the place of this process
//     (execve), and nothing of it remains. Commands that show configuration or
//     manage credentials go untouched; the others are lent an environment, as
//     they may still have to download something (a partial clone, Git LFS).
//   - Commands that may reach a network are stayed with: git is started as a
//     child, signals are passed on to it, and once it has ended a Companion
//     says whether git is to run again.
//   - Windows has no execve, so there every command is stayed with, the handed
//     over ones without the Companion.
//
// To see where a behaviour lives: find.go finds git, level.go stops programs
// that call each other for ever, commandline.go finds the command's word,
// handover.go and stay.go are the two ways, signals_unix.go, die_unix.go and
// orphan_linux.go are about signals, and note.go tells what was decided.
//
// This package knows nothing of credentials. What is done about those is the
// Companion's affair, and whatever happens to it, git's own result stands.
package passthrough

import "os"

// What a shell answers when there is no such command, and when there is one
// that cannot be run.
const (
	exitNoGit     = 127
	exitCannotRun = 126
)

// Run runs git with the command line that Read has read, and returns the exit
// status for this process. The companion and the note may be nil.
//
// On Unix it returns only where git did not take this process's place, and
// where git was not ended by a signal: of that it dies, too.
func Run(c Command, companion Companion, note Note) int {
	git, err := FindGit()
	if err != nil {
		say(err.Error())
		return exitNoGit
	}
	note.tell("git is %s", git)
	env, err := deeper(os.Environ(), git)
	if err != nil {
		say(err.Error())
		return exitNoGit
	}
	c.Git = git
	note.way(c)
	switch wayOf(c.Word) {
	case untouched:
		return handOver(c, env, note)
	case lent:
		return handOver(c, lend(companion, c, env), note)
	default:
		return stay(c, env, companion, note)
	}
}
