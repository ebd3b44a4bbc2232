package auth

import (
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
)

// circumstances are what decides, besides the command line, whether a command
// that was refused may run again.
type circumstances struct {
	code        int                      // git's exit status
	aliases     map[string]string        // what git's configuration makes of other words
	piped       bool                     // somebody else has read the output
	inSubmodule bool                     // a submodule was refused, not the repository itself
	hook        hookState                // of a push
	isClone     func(folder string) bool // a repository is there, with a working tree
}

// repetition is what is to be run after a refusal; or, with why, what the person
// may run.
type repetition struct {
	command   Command
	later     []Command // when that has succeeded
	completes bool      // it does what is missing, and nothing again
	why       string    // a clause: "It is a script"
}

func (n repetition) same(c Command) bool { return slices.Equal(n.command.Args, c.Args) }

// repeatable are commands that leave nothing behind when they are refused, or
// nothing that the next run trips over. Measured with git 2.39.
var repeatable = []string{"fetch", "pull", "push", "ls-remote", "clone", "remote", "submodule", "backfill", "lfs"}

// repeat decides. It is pure, but for isClone.
func repeat(c Command, now circumstances) repetition {
	plain, why := now.expand(c)
	if why != "" {
		return repetition{command: c, why: why}
	}
	next := again(c, plain, now)
	switch {
	case next.why != "" || next.completes:
	case now.piped:
		next.why = "Git's output went to another program"
	case slices.Contains(plain.rest(), "--stdin"):
		next.why = "It has read its input"
	}
	return next
}

// again knows what each command has left behind. plain is the command line
// without its alias.
func again(c, plain Command, now circumstances) repetition {
	switch rest := plain.rest(); plain.Word {
	case "clone":
		return againClone(c, plain, now)
	case "remote":
		return againRemote(c, plain)
	case "push":
		return againPush(c, now.hook)
	case "fetch", "pull":
		if now.inSubmodule {
			return repetition{command: c.intoSubmodules(plain.Word)}
		}
	case "submodule":
		if slices.Contains(rest, "foreach") {
			return repetition{command: c, why: "It has run commands in submodules"}
		}
	case "lfs":
		if len(rest) == 0 || !slices.Contains([]string{"fetch", "pull", "push", "locks", "lock", "unlock"}, rest[0]) {
			return repetition{command: c, why: "git lfs may have done something already"}
		}
	}
	return repetition{command: c}
}

// againRemote: "remote add -f" has added the remote, so that only its fetch is
// missing.
func againRemote(c, plain Command) repetition {
	rest := plain.rest()
	if len(rest) == 0 || rest[0] != "add" {
		return repetition{command: c}
	}
	for i, a := range rest {
		if _, ok := bitbucket.ParseRemote(a); ok && i > 1 {
			return repetition{command: plain.instead("fetch", rest[i-1]), completes: true}
		}
	}
	return repetition{command: c, why: "The remote is there, and only its fetch is missing"}
}

// intoSubmodules is a fetch or a pull that looks into all submodules. Without
// that git looks only into those of which it has just received a commit, and the
// superproject is up to date by now. With the option, pull would check out
// submodules as well; with the setting, it does what it does anyway.
func (c Command) intoSubmodules(word string) Command {
	const option, onDemand = "--recurse-submodules", "--recurse-submodules=on-demand"
	args := slices.Clone(c.Args)
	for i := c.At; i < len(args); i++ {
		switch args[i] {
		case onDemand:
			args[i] = option + "=yes"
			fallthrough
		case option, option + "=yes", option + "=true":
			return Command{Git: c.Git, Args: args, Word: c.Word, At: c.At}
		}
	}
	if word == "pull" {
		args = slices.Insert(args, c.At, "-c", "fetch.recurseSubmodules=true")
		return Command{Git: c.Git, Args: args, Word: c.Word, At: c.At + 2}
	}
	return Command{Git: c.Git, Args: slices.Insert(args, c.At+1, option+"=yes"), Word: c.Word, At: c.At}
}

// rest is what stands behind the command's word.
func (c Command) rest() []string { return c.Args[min(c.At+1, len(c.Args)):] }

// instead is another command with the same global options.
func (c Command) instead(words ...string) Command {
	args := append(slices.Clone(c.Args[:c.At]), words...)
	return Command{Git: c.Git, Args: args, Word: words[0], At: c.At}
}

// inside is another command in a folder.
func (c Command) inside(folder string, words ...string) Command {
	args := append(append(slices.Clone(c.Args[:c.At]), "-C", folder), words...)
	return Command{Git: c.Git, Args: args, Word: words[0], At: c.At + 2}
}

// deepestAlias is how many aliases may stand for each other. Git has no bound,
// but finds loops; nobody nests them at all.
const deepestAlias = 8

// expand puts what an alias stands for into the command line. A word that stands
// for a script, or for nobody knows what, may have done something already.
func (now circumstances) expand(c Command) (plain Command, why string) {
	for range deepestAlias {
		if slices.Contains(repeatable, c.Word) {
			return c, ""
		}
		alias := now.aliases[strings.ToLower(c.Word)]
		if strings.HasPrefix(alias, "!") {
			return c, "The alias " + c.Word + " is a script of its own"
		}
		fields := strings.Fields(alias)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "-") || strings.ContainsAny(alias, `'"\`) {
			break
		}
		c = c.instead(append(fields, c.rest()...)...)
	}
	return c, "git " + c.Word + " may have done something already"
}
