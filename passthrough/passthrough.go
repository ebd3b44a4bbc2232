// Package passthrough forwards a command line to the real git, so that nobody
// can tell the difference: same arguments, files, terminal, environment,
// folder, exit status and death by signal.
//
// A command goes one of three ways, which a table in package handover
// chooses by the command's word:
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
// To see where a behaviour lives: package handover finds the command's word, its
// way and git; handover.go and stay.go are the two ways, signals_unix.go,
// die_unix.go and orphan_linux.go are about signals, and note.go tells what was
// decided. Package atonce hands most commands over before main begins; Run does
// the same for all that it leaves.
//
// This package knows nothing of credentials. What is done about those is the
// Companion's affair, and whatever happens to it, git's own result stands.
package passthrough

import (
	"os"

	"bbgit/passthrough/handover"
)

// What a shell answers when there is no such command, and when there is one
// that cannot be run.
const (
	exitNoGit     = 127
	exitCannotRun = 126
)

// Read reads a command line, which excludes the program's name. Which git is to
// run it is left open.
func Read(args []string) Command {
	word, at := handover.ReadCommandLine(args)
	return Command{Args: args, Word: word, At: at}
}

// Run runs git with the command line that Read has read, and returns the exit
// status for this process. The companion and the note may be nil.
//
// On Unix it returns only where git did not take this process's place, and
// where git was not ended by a signal: of that it dies, too.
func Run(c Command, companion Companion, note Note) int {
	git, err := handover.FindGit()
	if err != nil {
		say(err.Error())
		return exitNoGit
	}
	note.tell("git is %s", git)
	env, err := handover.Deeper(os.Environ(), git)
	if err != nil {
		say(err.Error())
		return exitNoGit
	}
	c.Git = git
	note.way(c)
	switch handover.WayOf(c.Word) {
	case handover.Untouched:
		return handOver(c, env, note)
	case handover.Lent:
		return handOver(c, lend(companion, c, env), note)
	default:
		return stay(c, env, companion, note)
	}
}
