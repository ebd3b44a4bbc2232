// Package handover is the half of passthrough that most commands need: it finds
// git, tells by the command's word how much of bbgit a command needs, and gives
// this process to git.
//
// Go sets up all packages of a program before main begins, and those that the
// keyring and bbgit's own words need take a tenth of what bbgit adds to git.
// Package atonce is set up before them, and calls AtOnce. Therefore this package
// imports nothing but what package os imports anyway, and strconv. Package strings
// is not among that: it imports unicode, which fills its tables then. The test for
// it is in shim_test/start_test.go.
package handover

import "os"

// AtOnce gives this process to git where that is all there is to do, and returns
// where it is not: bbgit is to stay with git or to answer by itself, something is
// wrong, or the person wants something out of the ordinary. All of that is main's
// affair, which begins anew.
//
// lend is Companion.Lend of package passthrough, told this program's path. It
// returns false where it cannot tell.
func AtOnce(lend func(env []string, program string) (lent []string, ok bool)) {
	env := os.Environ()
	word, _ := ReadCommandLine(os.Args[1:])
	way := WayOf(word)
	if !CanReplace || way != Lent && way != Untouched || !ordinary(env) {
		return
	}
	program, err := os.Executable() // once: the system takes its time to tell
	if err != nil {
		return
	}
	if way == Lent {
		var ok bool
		if env, ok = lend(env, program); !ok {
			return
		}
	}
	git, err := findGit(program)
	if err != nil {
		return
	}
	if env, err = Deeper(env, git); err != nil {
		return
	}
	_ = Replace(git, os.Args[1:], env) // main tries it again, and says why
}

// ordinary tells that none of bbgit's own variables is there, but the level's.
func ordinary(env []string) bool {
	for _, entry := range env {
		if begins(entry, "BBGIT_") && !begins(entry, levelVariable+"=") {
			return false
		}
	}
	return true
}

// CommandLine returns git's argv. Its first word is what a shell would give.
// The path of the file would be wrong: from a file called git-2.55 git would
// read that it is to run a command 2.55.
func CommandLine(args []string) []string { return append([]string{"git"}, args...) }

// begins is strings.HasPrefix; see the package's comment.
func begins(text, with string) bool { return len(text) >= len(with) && text[:len(with)] == with }
