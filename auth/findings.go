package auth

import (
	"context"

	"bbgit/auth/bitbucket"
	"bbgit/auth/curltrace"
	"bbgit/auth/words"
)

// findings are the evidence, and what it is about.
type findings struct {
	evidence
	wanted request     // for which a token would be asked
	header staleHeader // where evidence.header
	shown  bool        // git has shown what the server said with its refusal

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
	s.mu.Unlock()
	if f.declined || f.variable {
		return f
	}
	if wanted, found := s.readOnlyRequest(); found {
		f.readOnly, f.wanted = true, wanted
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
	if hidden, found := s.hiddenRequest(); found {
		f.elsewhere, f.wanted = true, hidden
	}
	if failed && !f.elsewhere {
		r.lookAtFailure(ctx, &f, last)
	}
	return f
}

// lookAtFailure finds out about a request that failed for no reason known yet.
func (r *Run) lookAtFailure(ctx context.Context, f *findings, last curltrace.Exchange) {
	s := r.session
	o := s.lastOffer(bitbucket.RepositoryOf(last.Path))
	f.wanted = o.asked
	if o.secret.IsZero() {
		f.wanted = r.requestFor(bitbucket.Remote{Repository: bitbucket.RepositoryOf(last.Path)})
	}
	f.shown = last.Method == "GET"
	f.answer = r.answerTo(ctx, f.wanted, o, last)
	switch {
	case f.answer == bitbucket.NotVisible && !last.Signed:
		f.answer = bitbucket.Unclear // nobody's token plays a part
	case f.answer == bitbucket.NotVisible && o.forAnother(f.wanted):
		s.noteRefused(refusal{offer: o, answer: f.answer, from: f.wanted, otherAccount: true})
		f.refused = true
	case f.answer == bitbucket.ScopeMissing && o.source == fromEnvironment:
		s.noteVariable(f.wanted, f.answer)
		f.variable = true
	case f.answer == bitbucket.ScopeMissing:
		s.noteRefused(refusal{offer: o, answer: f.answer, from: f.wanted})
	case last.Status == 401 || last.Status == 410 || last.Status == 403 && o.secret.IsZero():
		f.header, f.evidence.header = s.header(ctx, f.wanted)
	}
}

// lastFailure is the last request, if Bitbucket refused it, or did not answer.
func lastFailure(exchanges []curltrace.Exchange) (last curltrace.Exchange, failed bool) {
	if len(exchanges) == 0 {
		return curltrace.Exchange{}, false
	}
	last = exchanges[len(exchanges)-1]
	return last, last.Status >= 400 || last.Status == 0
}

// lastOffer is the latest credential that git was given for a repository. It is
// the zero offer where git was given none.
func (s *session) lastOffer(where bitbucket.Repository) offer {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.offers) - 1; i >= 0; i-- {
		if s.offers[i].asked.repository == where {
			return s.offers[i]
		}
	}
	return offer{}
}

// answerTo says what a refusal meant. Its text is in no trace, and a 403 has
// many meanings: the same is asked again, with what was given to git then.
func (r *Run) answerTo(ctx context.Context, wanted request, o offer, last curltrace.Exchange) bitbucket.Answer {
	answer := bitbucket.MeaningOf(last.Status, "")
	if answer != bitbucket.Forbidden || o.secret.IsZero() {
		return answer
	}
	need := bitbucket.Read
	if last.Service == "git-receive-pack" {
		need = bitbucket.Write
	}
	again := r.session.checkTwice(ctx, wanted, o, need, last.Method == "POST")
	if again == bitbucket.Accepted || again == bitbucket.Unclear || again == bitbucket.Unreachable {
		return answer
	}
	return again
}

// unresolved is the latest refusal for which there is no better credential yet,
// or none that came in time.
func (s *session) unresolved() (request, bool) {
	s.mu.Lock()
	fresh, refused := len(s.fresh) > 0, s.refused
	s.mu.Unlock()
	switch {
	case len(refused) == 0:
		return request{}, false
	case fresh:
		return s.tooLate()
	}
	last := refused[len(refused)-1]
	return last.from, last.answer != bitbucket.NotVisible || last.otherAccount
}
