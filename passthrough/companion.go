package passthrough

import (
	"context"
	"syscall"
)

// A Command is a command line for git, as it was typed.
type Command struct {
	Git  string   // absolute path of the real git
	Args []string // everything after the program's name, byte for byte
	Word string   // the command's word ("push"), "" where there is none
	At   int      // index of Word in Args; Args[:At] are git's global options
}

// A Companion goes along with git commands that may need a credential. An
// environment it is given is its own to append to.
//
// A panic in one of its methods is survived and costs only the Companion's
// part. That cannot be said of a goroutine which it starts: there it has to
// recover itself, or git is left behind as an orphan.
type Companion interface {
	// Lend returns the environment for a command that takes this process's
	// place and may still need a credential: checkout in a partial clone, for
	// one. Nothing of the Companion will be there while it runs.
	Lend(c Command, env []string) []string
	// Join is called before a command that may reach a network is started.
	Join(c Command, env []string) Attendance
}

// An Attendance is a Companion's presence at one command.
type Attendance interface {
	// Env returns the environment to start git with.
	Env() []string
	// After is told how git ended, and returns what is to run next: the same
	// command once more, or one that completes it. It is called after each of
	// them, until it returns nil. ctx ends when a signal asks this process to
	// stop; where one came while git was still running, it has ended already,
	// and nothing runs next.
	After(ctx context.Context, end End) *Next
	// Close is called once, when no git is running and none will. It also ends
	// a question that was being asked, so it leaves the terminal as it was.
	Close()
}

// An End is how a git command ended.
type End struct {
	Code   int            // its exit status; 128+Signal where a signal ended it
	Signal syscall.Signal // what ended it, or 0
}

// Next is a git command line to run next. Its exit status becomes ours.
type Next struct {
	Args []string // everything after the program's name
	Env  []string // nil: the environment of the command before
}

// lend returns the environment that the companion lends to c, or env where
// there is no companion or it fails.
func lend(companion Companion, c Command, env []string) (lent []string) {
	if companion == nil {
		return env
	}
	defer func() {
		if survive(recover()) || lent == nil {
			lent = env
		}
	}()
	return companion.Lend(c, clip(env))
}

// survive says whether there was a panic, and tells the person about it. What
// the panic was about is not told: it could hold a secret.
func survive(panicked any) bool {
	if panicked == nil {
		return false
	}
	say(ownMistake)
	return true
}

// clip returns env without spare capacity. A companion that appends to it for one
// run and then for another gets two arrays, and not the same one twice.
func clip(env []string) []string { return env[:len(env):len(env)] }
