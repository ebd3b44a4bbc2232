package auth

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// mostRepeats bounds running again. The first time mends what a helper could not.
// What comes to light only then may need a second time, such as the submodules of
// a clone, and theirs a third.
const mostRepeats = 3

// again carries the command through, now that there is a token.
func (r *Run) again(ctx context.Context, end End) *Next {
	s := r.session
	if r.repeated >= mostRepeats {
		return nil
	}
	now := r.circumstances(ctx, end)
	next := repeat(r.command, now)
	line := r.shownLine(next.command)
	if next.why != "" {
		s.note("not run again: %s", next.why)
	}
	switch {
	case next.why != "" && next.same(r.command):
		s.tell(func(style words.Style) string { return style.TypeAgain(next.why) })
		return nil
	case next.why != "":
		s.tell(func(style words.Style) string { return style.TypeInstead(next.why, line) })
		return nil
	}
	r.repeated++
	if !next.same(r.command) {
		s.tell(func(style words.Style) string { return style.Then(line) })
	}
	r.later = next.later
	return r.run(next.command)
}

// run is what the next git is started with.
func (r *Run) run(c Command) *Next {
	r.command = c
	if r.session.tools.Trace.On() {
		r.session.note("to be run: %s", r.shownLine(c))
	}
	r.session.forgetOutcome()
	_ = os.Remove(r.trace)
	r.begin()
	r.env = r.prepare(r.session.base)
	return &Next{Args: c.Args, Env: r.env}
}

// goOn runs what is still to be done after a command that completes another one.
func (r *Run) goOn() *Next {
	if len(r.later) == 0 {
		return nil
	}
	next := r.later[0]
	r.later = r.later[1:]
	line := r.shownLine(next)
	r.session.tell(func(style words.Style) string { return style.Then(line) })
	return r.run(next)
}

// shownLine is a command line as a person would type it, without secrets: they
// may stand in URLs, and in settings such as http.extraHeader.
func (r *Run) shownLine(c Command) string {
	args := slices.Clone(c.Args)
	for i, a := range args {
		setting := strings.TrimPrefix(strings.TrimPrefix(a, "--config="), "-c")
		key, _, set := strings.Cut(setting, "=")
		switch remote, ok := bitbucket.ParseRemote(a); {
		case ok:
			args[i] = remote.Masked()
		case set && mayHoldSecret(key):
			args[i] = strings.TrimSuffix(a, setting) + key + "=…"
		default:
			args[i] = secret.Scrub(a)
		}
	}
	return terminal.Plain(realgit.Typed(args...))
}

// mayHoldSecret tells that a setting may be a header, or a URL with a password.
func mayHoldSecret(key string) bool {
	section, _, dotted := strings.Cut(strings.ToLower(key), ".")
	return dotted && slices.Contains([]string{"http", "credential", "url", "remote", "submodule"}, section)
}

// forgetOutcome begins anew, but for what was refused and what was given.
func (s *session) forgetOutcome() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nobody = nil
	s.givenUp = nil
	s.noAccess = bitbucket.Repository{}
}

func (r *Run) circumstances(ctx context.Context, end End) circumstances {
	now := circumstances{code: end.Code, piped: outputPiped(), inSubmodule: r.submodule, isClone: r.isClone}
	now.aliases = r.aliases(ctx)
	if c, _ := now.expand(r.command); c.Word == "push" {
		now.hook = r.hookState(ctx)
	}
	r.session.mu.Lock()
	defer r.session.mu.Unlock()
	for _, refused := range r.session.refused {
		now.inSubmodule = now.inSubmodule || refused.from.inSubmodule()
	}
	return now
}

// aliases are the person's own words for commands, in lower case.
func (r *Run) aliases(ctx context.Context) map[string]string {
	if slices.Contains(repeatable, r.command.Word) {
		return nil // no alias can take the name of a command
	}
	all := make(map[string]string)
	for _, e := range r.session.settings(ctx, r.requestFor(bitbucket.Remote{})) {
		if name, ok := strings.CutPrefix(e.Key, "alias."); ok {
			all[strings.TrimSuffix(name, ".command")] = e.Value
		}
	}
	return all
}

// inSubmodule tells that a helper was started by the git of a submodule: its
// repository lies below the modules folder of the superproject. Git says where
// that is as seen from the folder that it stands in.
func (r request) inSubmodule() bool {
	for _, v := range r.env {
		if dir, ok := strings.CutPrefix(v, "GIT_DIR="); ok {
			return strings.Contains(filepath.ToSlash(below(r.dir, dir)), "/modules/")
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
	_, err := os.Stat(filepath.Join(r.place(folder), ".git"))
	return err == nil
}

// place is a folder as git finds it: after the options -C, each of which counts
// from the one before.
func (r *Run) place(folder string) string {
	dir := ""
	global := r.command.Args[:r.command.At]
	for i, a := range global {
		if a == "-C" && i+1 < len(global) {
			dir = below(dir, global[i+1])
		}
	}
	return below(dir, folder)
}

func below(dir, folder string) string {
	if filepath.IsAbs(folder) {
		return folder
	}
	return filepath.Join(dir, folder)
}
