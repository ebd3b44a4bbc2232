package auth

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// circumstances are what decides, besides the command line, whether a command
// that was refused may run again.
type circumstances struct {
	alias       string                   // what git's configuration makes of the word; "" for no alias
	piped       bool                     // somebody else has read the output
	inSubmodule bool                     // a submodule was refused, not the repository itself
	isClone     func(folder string) bool // a repository is there, with a working tree
}

// repetition is what is to be run after a refusal: Args, or nothing and why.
type repetition struct {
	args []string
	why  string // a clause: "It is a script"
}

// repeatable are commands that leave nothing behind when they are refused, and
// so may be run again as they are. Measured with git 2.39.
var repeatable = []string{"fetch", "pull", "push", "ls-remote", "clone", "remote", "submodule", "lfs"}

// repeat decides. It is pure, but for isClone.
func repeat(c Command, now circumstances) repetition {
	word, rest := c.Word, c.Args[min(c.At+1, len(c.Args)):]
	if !slices.Contains(repeatable, word) {
		switch {
		case strings.HasPrefix(now.alias, "!"):
			return repetition{why: "The alias " + word + " is a script of its own"}
		case now.alias == "":
			return repetition{why: "git " + word + " may have done something already"}
		}
		fields := strings.Fields(now.alias)
		word, rest = fields[0], append(fields[1:], rest...)
		if !slices.Contains(repeatable, word) || slices.Contains([]string{"clone", "remote", "submodule", "lfs"}, word) {
			return repetition{why: "git " + c.Word + " may have done something already"}
		}
	}
	if now.piped {
		return repetition{why: "Its output went to another program"}
	}
	if slices.Contains(rest, "--stdin") {
		return repetition{why: "It has read its input"}
	}
	switch word {
	case "clone":
		return repeatClone(c, rest, now)
	case "remote":
		return repeatRemote(c, rest)
	case "submodule":
		if len(rest) > 0 && rest[0] == "foreach" {
			return repetition{why: "It has run commands in submodules"}
		}
	case "fetch", "pull":
		if now.inSubmodule && !slices.ContainsFunc(rest, func(a string) bool { return strings.HasPrefix(a, "--recurse-submodules") }) {
			// The superproject is up to date by now, and git would not look into
			// its submodules again unasked.
			return repetition{args: slices.Insert(slices.Clone(c.Args), c.At+1, "--recurse-submodules=yes")}
		}
	}
	return repetition{args: c.Args}
}

// repeatClone: a clone that was refused is gone, folder and all. One whose
// submodules, or files of git-lfs, were refused is complete but for those.
func repeatClone(c Command, rest []string, now circumstances) repetition {
	folder := cloneFolder(rest)
	if folder == "" || !now.isClone(folder) {
		return repetition{args: c.Args}
	}
	global := slices.Clone(c.Args[:c.At])
	follow := append(global, "-C", folder)
	if slices.ContainsFunc(rest, func(a string) bool { return strings.HasPrefix(a, "--recurs") }) {
		follow = append(follow, "submodule", "update", "--init", "--recursive")
		return repetition{args: append(follow, jobs(rest)...)}
	}
	return repetition{args: append(follow, "checkout", "-f", "HEAD")}
}

// jobs are the options of clone that mean the same to "submodule update".
func jobs(rest []string) []string {
	for i, a := range rest {
		switch {
		case (a == "-j" || a == "--jobs") && i+1 < len(rest):
			return []string{"--jobs", rest[i+1]}
		case strings.HasPrefix(a, "--jobs="):
			return []string{a}
		case strings.HasPrefix(a, "-j") && len(a) > 2:
			return []string{"--jobs", a[2:]}
		}
	}
	return nil
}

// cloneFolder is the folder that "git clone" makes: the argument behind the
// URL, or the last part of the URL. The URL is what looks like one, so that
// options with arguments need not be known.
func cloneFolder(rest []string) string {
	for i, a := range rest {
		remote, ok := bitbucket.ParseRemote(a)
		if !ok {
			continue
		}
		if i+1 < len(rest) {
			return rest[i+1]
		}
		return remote.Repository.Name
	}
	return ""
}

// repeatRemote: "remote add -f" has added the remote, so that only its fetch
// is missing.
func repeatRemote(c Command, rest []string) repetition {
	if len(rest) == 0 || rest[0] != "add" {
		return repetition{args: c.Args}
	}
	for i, a := range rest {
		if _, ok := bitbucket.ParseRemote(a); ok && i > 1 {
			return repetition{args: append(slices.Clone(c.Args[:c.At]), "fetch", rest[i-1])}
		}
	}
	return repetition{why: "The remote is there, and only its fetch is missing"}
}

// again carries the command through, now that there is a token.
func (r *Run) again(ctx context.Context) *Next {
	s := r.session
	if r.repeated >= mostRepeats {
		return nil
	}
	next := repeat(r.command, r.circumstances(ctx))
	if next.args == nil {
		s.tell(func(style words.Style) string { return style.TypeAgain(next.why) })
		return nil
	}
	r.repeated++
	if !slices.Equal(next.args, r.command.Args) {
		// Global options that were typed may hold a secret (-c http.extraHeader=…).
		line := terminal.Plain("git " + strings.Join(next.args[min(r.command.At, len(next.args)):], " "))
		s.tell(func(style words.Style) string { return style.Then(line) })
	}
	s.forgetOutcome()
	_ = os.Remove(r.trace)
	r.begin()
	r.env = r.prepare(s.base)
	return &Next{Args: next.args, Env: r.env}
}

// forgetOutcome begins anew, but for what was refused and what was given.
func (s *session) forgetOutcome() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nobody = nil
	s.noAccess = bitbucket.Repository{}
}

func (r *Run) circumstances(ctx context.Context) circumstances {
	now := circumstances{piped: outputPiped(), isClone: r.isClone}
	if !slices.Contains(repeatable, r.command.Word) {
		entries, _ := r.session.git(r.requestFor(bitbucket.Remote{})).Settings(ctx)
		for _, e := range entries {
			if e.Key == "alias."+strings.ToLower(r.command.Word) {
				now.alias = e.Value
			}
		}
	}
	r.session.mu.Lock()
	defer r.session.mu.Unlock()
	for _, refused := range r.session.refused {
		now.inSubmodule = now.inSubmodule || refused.from.inSubmodule()
	}
	return now
}

// inSubmodule tells that a helper was started by the git of a submodule: its
// repository lies below the modules folder of the superproject.
func (r request) inSubmodule() bool {
	for _, v := range r.env {
		if dir, ok := strings.CutPrefix(v, "GIT_DIR="); ok {
			return strings.Contains(filepath.ToSlash(dir), "/modules/")
		}
	}
	return false
}

// outputPiped tells that another program reads our output, and cannot be made
// to forget what it has read.
func outputPiped() bool {
	info, err := os.Stdout.Stat()
	return err != nil || info.Mode()&(os.ModeNamedPipe|os.ModeSocket) != 0
}

// isClone tells whether a folder, as git would find it, holds a repository.
func (r *Run) isClone(folder string) bool {
	dir := ""
	global := r.command.Args[:r.command.At]
	for i, a := range global {
		if a == "-C" && i+1 < len(global) {
			if filepath.IsAbs(global[i+1]) {
				dir = ""
			}
			dir = filepath.Join(dir, global[i+1])
		}
	}
	if filepath.IsAbs(folder) {
		dir = ""
	}
	_, err := os.Stat(filepath.Join(dir, folder, ".git"))
	return err == nil
}
