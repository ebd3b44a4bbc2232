package auth

import (
	"context"
	"path/filepath"

	"bbgit/auth/words"
)

// After is told how git ended, and returns what is to run next. Most commands
// come here with nothing to be said or done: what a helper could mend in the
// running git is mended by now.
func (r *Run) After(ctx context.Context, end End) *Next {
	r.end()
	if ctx.Err() != nil || end.Signal != 0 {
		return nil
	}
	if end.Code == 0 {
		if next := r.goOn(); next != nil {
			return next
		}
		r.dropTraces() // a question may stand open for long, and they hold the URLs
		r.farewell(ctx)
		r.offerStrays(ctx)
		r.offerSetup(ctx)
		return nil
	}
	found := r.findings(ctx)
	r.lookAtSSH(ctx, end, &found)
	cause := diagnose(found.evidence)
	if r.session.tools.Trace.On() {
		r.session.note("git's requests to Bitbucket: %s", toldExchanges(r.exchanges()))
	}
	r.session.note("cause: %s", cause)
	if cause.tokenHelps() && r.obtain(ctx, found) {
		if r.cleanURLs(ctx) {
			return r.again(ctx, end)
		}
		return nil
	}
	if cause == repositoryHidden && r.anotherSees(ctx, found.wanted) && ctx.Err() == nil {
		return r.again(ctx, end)
	}
	if ctx.Err() != nil {
		return nil
	}
	if cause == unknown {
		if next, mended := r.mendLFS(ctx, end); mended {
			return next
		}
	}
	r.explain(ctx, cause, found)
	return nil
}

// farewell says after a success what the person has to see to.
func (r *Run) farewell(ctx context.Context) {
	s := r.session
	s.mu.Lock()
	entry, replaced := s.deadNetrc, len(s.fresh) > 0
	gcmAsked := s.obstacles.gcmAsked
	s.mu.Unlock()
	if gcmAsked {
		s.tell(words.Style.AskedByGCM)
	}
	if entry != nil && replaced {
		s.tell(func(style words.Style) string {
			return style.NetrcLine("~/"+filepath.Base(entry.File), entry.Line)
		})
	}
	s.remindOfExpiry(ctx)
}

// obtain sees to a token that is good for the repository.
func (r *Run) obtain(ctx context.Context, f findings) bool {
	s := r.session
	if s.hasNobody() {
		return false
	}
	_, ok := s.ownToken(ctx, f.wanted)
	if !ok {
		_, ok = s.ask(ctx, f.wanted, s.whyAsk(f.wanted))
	}
	return ok && ctx.Err() == nil
}

// explain says what git did not.
func (r *Run) explain(ctx context.Context, c cause, f findings) {
	s := r.session
	if line := s.nobodyLine(); line != "" && c != staleHeaderSent {
		_, _ = s.stderr.Write([]byte(line))
		return
	}
	switch c {
	case personDeclined:
		s.tell(words.Style.GaveUp)
	case repositoryHidden:
		hidden := r.hidden(ctx, f.wanted)
		s.tell(func(style words.Style) string { return style.Hidden(hidden) })
	case pushForbidden:
		s.tell(func(style words.Style) string { return style.PushForbidden(f.wanted.repository) })
	case staleHeaderSent:
		s.tell(f.header.explain(f.wanted))
	case sshFailed:
		s.tell(func(style words.Style) string { return style.SSHFailed(f.overSSH) })
	case notAboutTokens:
		s.tell(func(style words.Style) string { return style.NotAboutTokens(f.answer, f.wanted.repository, f.shown) })
	}
}
