package auth

import (
	"context"
	"fmt"
	"os"

	"bbgit/auth/credential"
	"bbgit/auth/secret"
	"bbgit/auth/starter"
	"bbgit/auth/words"
)

// alone answers without a bbgit that waits for this git: git was started by
// something else, or has taken its place. Nobody comes back to such a run, so
// that a new token is asked for as soon as the old one is refused.
func alone(ctx context.Context, tools Tools, operation string, m credential.Message) credential.Message {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	starter.Watch(ctx, cancel)
	s, run := newSession(tools, nil), thisLentRun()
	defer s.close()
	s.lent = run
	before := run.has(notedDeclined)
	s.declined = before
	s.note("no bbgit waits for this git, so that its helper answers alone")
	answer := s.answerAlone(ctx, run, operation, withPlace(m))
	if s.hasDeclined() && !before && !s.hasNobody() && ctx.Err() == nil && !run.has(notedTold) {
		run.note(notedTold)
		s.tell(words.Style.GaveUp)
	}
	if line := s.nobodyLine(); line != "" && !run.has(notedTold) {
		run.note(notedTold)
		fmt.Fprint(os.Stderr, line)
	}
	return answer
}

func (s *session) answerAlone(ctx context.Context, run lentRun, operation string, m credential.Message) credential.Message {
	switch {
	case operation == "get" && run.has(notedErased):
		return s.getWarily(ctx, m)
	case operation == "erase":
		run.note(notedErased)
		s.handle(ctx, operation, m)
		if s.replaceNow(ctx) {
			run.forget(notedErased)
		}
		return nil
	}
	return s.handle(ctx, operation, m)
}

// replaceNow asks for a token in place of the one that was just refused. Git
// itself has given up by then; git-lfs comes for it.
func (s *session) replaceNow(ctx context.Context) bool {
	r, found := s.unresolved()
	if !found {
		return false
	}
	if _, ok := s.ask(ctx, r, s.whyAsk(r)); !ok {
		return false
	}
	s.tell(words.Style.Ready)
	return true
}

// mostSources is how many credentials there can be for one request: that of the
// environment, ours, the helpers' and .netrc's.
const mostSources = 4

// getWarily is get after a refusal in this run. Git has given up then, but
// git-lfs asks on, for ever if it is given the same. So what it would be given is
// shown to Bitbucket first: what is refused is passed over, and what is not was
// refused for a reason that no credential changes.
func (s *session) getWarily(ctx context.Context, m credential.Message) credential.Message {
	r := readRequest(m, s.base)
	s.note("something was refused in this run, so that Bitbucket is asked first")
	for range mostSources {
		before := len(s.offers)
		answer := s.handle(ctx, "get", m)
		if len(s.offers) == before || s.isFresh(s.offers[before].secret) {
			return answer
		}
		o := s.offers[before]
		s.turnedDown(ctx, r, o)
		if !s.refusedFor(o.secret, r.repository) {
			break
		}
	}
	return quit
}

// isFresh tells that the person gave this token a moment ago.
func (s *session) isFresh(x secret.Secret) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.fresh {
		if t.Token.Equal(x) {
			return true
		}
	}
	return false
}
