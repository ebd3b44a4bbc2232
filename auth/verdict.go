package auth

import (
	"context"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/secret"
)

// accepted is git's "store": Bitbucket took this credential.
func (s *session) accepted(ctx context.Context, r request) {
	o, known := s.offered(ctx, r)
	switch {
	case known && o.source == fromUs:
		if o.token.kept {
			_ = s.vault.NoteWorked(ctx, o.token.Account, r.repository.String())
		}
	case known && o.source == fromEnvironment:
	default:
		// It is not ours. Git would have told the person's helpers, and so do we.
		_ = s.git(r).Approve(ctx, r.message)
	}
}

// erased is git's "erase": a 401 came. That is no proof: a stale header of the
// person's configuration makes git erase good credentials.
func (s *session) erased(ctx context.Context, r request) {
	o, known := s.offered(ctx, r)
	if !known {
		o = offer{source: fromElsewhere, userName: r.message.Get("username"), secret: secret.New(r.message.Get("password")), message: r.message}
	}
	s.turnedDown(ctx, r, o)
}

// turnedDown looks into the refusal of a credential.
func (s *session) turnedDown(ctx context.Context, r request, o offer) {
	if o.secret.IsZero() || s.wasRefused(o.secret) {
		return
	}
	finding := s.check(ctx, r, o, bitbucket.Read)
	if !finding.Answer.Refused() && finding.Answer != bitbucket.NotVisible {
		return
	}
	switch o.source {
	case fromUs:
		s.ownTurnedDown(ctx, r, o, finding.Answer)
	case fromEnvironment:
		s.noteRefused(refusal{offer: o, answer: finding.Answer, from: r})
		s.mu.Lock()
		s.envBad = r.repository
		s.mu.Unlock()
	case fromHelper:
		g := s.git(r)
		held := ""
		if owner, found := g.Owner(ctx, r.message.Without("username", "password", "state[]"), o.secret.Reveal()); found {
			held = heldBy(owner)
		}
		s.noteRefused(refusal{offer: o, answer: finding.Answer, held: held, from: r})
		// Git would have told them the same, and some of them then get a new one.
		_ = g.Reject(ctx, reject(r.message, o))
	default:
		s.noteRefused(refusal{offer: o, answer: finding.Answer, from: r})
		_ = s.git(r).Reject(ctx, reject(r.message, o))
	}
}

// ownTurnedDown tells a bad token from a repository that a good one does not
// see: Bitbucket answers both in the same way. A repository where this token
// has worked before knows the difference.
func (s *session) ownTurnedDown(ctx context.Context, r request, o offer, answer bitbucket.Answer) {
	for _, place := range o.token.Worked {
		where := bitbucket.RepositoryOf(place)
		if where == (bitbucket.Repository{}) || where == r.repository {
			continue
		}
		if s.checkAt(ctx, r, where, o, bitbucket.Read).Answer == bitbucket.Accepted {
			s.mu.Lock()
			s.noAccess = r.repository
			s.mu.Unlock()
			s.noteRefused(refusal{offer: o, answer: bitbucket.NotVisible, from: r})
			return
		}
		break
	}
	s.noteRefused(refusal{offer: o, answer: answer, from: r})
	if o.token.kept {
		_ = s.vault.MarkRefused(ctx, o.token.Item)
	}
}

// reject is the message that makes helpers forget this one credential.
func reject(m credential.Message, o offer) credential.Message {
	return m.Without("capability[]", "state[]", "wwwauth[]").With("username", o.userName).With("password", o.secret.Reveal())
}

// offered finds what git speaks of among what it was given. Without a bbgit that
// saw it given, the keyring tells whether it is ours.
func (s *session) offered(ctx context.Context, r request) (offer, bool) {
	x := secret.New(r.message.Get("password"))
	s.mu.Lock()
	for _, o := range s.offers {
		if o.secret.Equal(x) {
			s.mu.Unlock()
			return o, true
		}
	}
	s.mu.Unlock()
	if item, err := s.vault.Find(ctx, r.user, r.repository.String()); err == nil && item.Token.Equal(x) {
		return token{item, true}.offer(), true
	}
	return offer{}, false
}
