package auth

import (
	"context"
	"os"
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/curltrace"
)

// hookState is what became of the pre-push hook of a push that was refused. It
// runs once git has heard from the server what is there, and before anything is
// sent. What it does is the person's affair (it may run for an hour, or send
// mail), so that bbgit does not make it run more often than git would.
type hookState int

const (
	noHook     hookState = iota // there is none, or it has not run
	hookPassed                  // it has run, and let the push go on
	hookRan                     // it has run, and git-lfs or the hook itself failed
)

// againPush: a hook that has let the push go on has done its work.
func againPush(c Command, hook hookState) repetition {
	switch hook {
	case hookPassed:
		args := slices.Insert(slices.Clone(c.Args), c.At+1, "--no-verify")
		return repetition{command: Command{Git: c.Git, Args: args, Word: c.Word, At: c.At}}
	case hookRan:
		return repetition{command: c, why: "The pre-push hook has run already"}
	}
	return repetition{command: c}
}

// hookState reads it from git's requests.
func (r *Run) hookState(ctx context.Context) hookState {
	state := hookAfter(r.exchanges())
	if state == noHook || !r.hasHook(ctx, state) {
		return noHook
	}
	return state
}

// hookAfter tells from git's requests how far a hook came, if there is one. A
// push to several URLs runs it for each.
func hookAfter(exchanges []curltrace.Exchange) hookState {
	state := noHook
	targets := make(map[bitbucket.Repository]bool)
	for _, e := range exchanges {
		if e.Service != "git-receive-pack" {
			continue
		}
		targets[bitbucket.RepositoryOf(e.Path)] = true
		switch {
		case e.Method == "POST" && len(targets) == 1:
			state = hookPassed
		case e.Method == "GET" && e.Status == 200, state == hookPassed:
			state = hookRan
		}
	}
	return state
}

// hasHook looks for a hook: the file in git's folder of hooks, or, since git
// 2.54, one in the configuration. The file that git-lfs installs only uploads,
// and finds done what it has done before: where it failed, it may run again.
func (r *Run) hasHook(ctx context.Context, state hookState) bool {
	s, request := r.session, r.requestFor(bitbucket.Remote{})
	for _, e := range s.settings(ctx, request) {
		if strings.HasPrefix(e.Key, "hook.") && strings.HasSuffix(e.Key, ".event") && e.Value == "pre-push" {
			return true
		}
	}
	file, err := s.git(request).PathOf(ctx, "hooks/pre-push")
	if err != nil {
		return false
	}
	text, err := os.ReadFile(file)
	return err == nil && (state == hookPassed || !installedByLFS(string(text)))
}

// installedByLFS tells that a hook does nothing but call git-lfs.
func installedByLFS(hook string) bool {
	calls := 0
	for line := range strings.Lines(hook) {
		switch line = strings.TrimSpace(line); {
		case line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "command -v git-lfs "):
		case line == `git lfs pre-push "$@"`:
			calls++
		default:
			return false
		}
	}
	return calls == 1
}
