package auth

import (
	"context"
	"path/filepath"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/curltrace"
	"bbgit/auth/realgit"
	"bbgit/auth/words"
)

// mostRepeats bounds running again: the first repetition mends what a helper
// could not, and a second one would meet the same.
const mostRepeats = 1

// After is told how git ended, and returns what is to run next. Most commands
// come here with nothing to be said or done: what a helper could mend in the
// running git is mended by now.
func (r *Run) After(ctx context.Context, end End) *Next {
	r.end()
	if ctx.Err() != nil || end.Signal != 0 {
		return nil
	}
	if end.Code == 0 {
		r.farewell()
		return nil
	}
	found := r.findings(ctx)
	r.lookAtSSH(ctx, end, &found)
	cause := diagnose(found.evidence)
	if cause.tokenHelps() && r.obtain(ctx, found) {
		r.cleanURLs(ctx)
		return r.again(ctx)
	}
	if ctx.Err() == nil {
		r.explain(cause, found)
	}
	return nil
}

// farewell says after a success what the person has to clear away by hand.
func (r *Run) farewell() {
	s := r.session
	s.mu.Lock()
	entry, replaced := s.deadNetrc, len(s.fresh) > 0
	s.mu.Unlock()
	if entry != nil && replaced {
		s.tell(func(style words.Style) string {
			return style.NetrcLine("~/"+filepath.Base(entry.File), entry.Line)
		})
	}
}

// findings are the evidence, and what it is about.
type findings struct {
	evidence
	wanted request       // for which a token would be asked
	header realgit.Entry // the setting with the stale header

	overSSH words.SSHFailure
}

// findings looks at what happened. Bitbucket is asked again only where a status
// leaves the cause open.
func (r *Run) findings(ctx context.Context) findings {
	s := r.session
	var f findings
	f.declined = s.hasDeclined()
	s.mu.Lock()
	f.variable = s.envBad != (bitbucket.Repository{})
	f.elsewhere = s.noAccess != (bitbucket.Repository{})
	s.mu.Unlock()
	if f.declined || f.variable {
		return f
	}
	last, failed := lastFailure(r.exchanges())
	if wanted, found := r.embeddedSecrets(ctx); found {
		f.embedded, f.wanted = true, wanted
		return f
	}
	if wanted, found := s.unresolved(); found {
		f.refused, f.wanted = true, wanted
		return f
	}
	if failed && !f.elsewhere {
		f.wanted = r.requestFor(bitbucket.Remote{Repository: bitbucket.RepositoryOf(last.Path)})
		f.answer = r.answerTo(ctx, &f.wanted, last)
		f.header, f.evidence.header = s.staleHeader(ctx, f.wanted, last)
	}
	return f
}

// lastFailure is the last request, if Bitbucket refused it.
func lastFailure(exchanges []curltrace.Exchange) (last curltrace.Exchange, failed bool) {
	if len(exchanges) == 0 {
		return curltrace.Exchange{}, false
	}
	last = exchanges[len(exchanges)-1]
	return last, last.Status >= 400
}

// answerTo says what a refusal meant. Its text is in no trace, and a 403 has
// many meanings: the same is asked again, with what was given to git then.
func (r *Run) answerTo(ctx context.Context, wanted *request, last curltrace.Exchange) bitbucket.Answer {
	answer := bitbucket.MeaningOf(last.Status, "")
	s := r.session
	s.mu.Lock()
	var o offer
	if len(s.offers) > 0 {
		o = s.offers[len(s.offers)-1]
	}
	s.mu.Unlock()
	if o.source == fromUs {
		wanted.user = o.token.Account.Name
	}
	if answer != bitbucket.Forbidden || o.secret.IsZero() {
		return answer
	}
	need := bitbucket.Read
	if last.Service == "git-receive-pack" {
		need = bitbucket.Write
	}
	if again := s.check(ctx, *wanted, o, need).Answer; again != bitbucket.Accepted {
		answer = again
	}
	if answer == bitbucket.ScopeMissing {
		s.noteRefused(refusal{offer: o, answer: answer, from: *wanted})
	}
	return answer
}

// unresolved is the latest refusal for which there is no better credential yet.
func (s *session) unresolved() (request, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.refused) == 0 || len(s.fresh) > 0 {
		return request{}, false
	}
	last := s.refused[len(s.refused)-1]
	return last.from, last.answer != bitbucket.NotVisible
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
func (r *Run) explain(c cause, f findings) {
	s := r.session
	if line := s.nobodyLine(); line != "" {
		_, _ = s.stderr.Write([]byte(line))
		return
	}
	switch c {
	case repositoryHidden:
		s.mu.Lock()
		where := s.noAccess
		s.mu.Unlock()
		if where == (bitbucket.Repository{}) {
			where = f.wanted.repository
		}
		s.tell(func(style words.Style) string { return style.Hidden(where, s.lastAccount()) })
	case staleHeader:
		s.tell(func(style words.Style) string {
			return style.StaleHeader(shown(f.header.File()), f.header.Key, f.wanted.repository)
		})
	case sshFailed:
		s.tell(func(style words.Style) string { return style.SSHFailed(f.overSSH) })
	case notAboutTokens:
		s.tell(func(style words.Style) string { return style.NotAboutTokens(f.answer, f.wanted.repository) })
	}
}

// lastAccount is the account that git acted for, "" where nothing names it.
func (s *session) lastAccount() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.offers) == 0 {
		return ""
	}
	o := s.offers[len(s.offers)-1]
	if o.source == fromUs {
		return o.token.Account.Name
	}
	if bitbucket.NamesNobody(o.userName) {
		return ""
	}
	return o.userName
}

// staleHeader finds an Authorization header in git's configuration, sent with
// every request and stronger than every credential.
func (s *session) staleHeader(ctx context.Context, r request, last curltrace.Exchange) (realgit.Entry, bool) {
	if last.Status != 401 && last.Status != 410 && last.Status != 403 {
		return realgit.Entry{}, false
	}
	entries, err := s.git(r).Settings(ctx)
	if err != nil {
		return realgit.Entry{}, false
	}
	for _, e := range entries {
		if realgit.IsExtraHeader(e.Key) && strings.HasPrefix(strings.ToLower(e.Value), "authorization:") {
			return e, true
		}
	}
	return realgit.Entry{}, false
}
