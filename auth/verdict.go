package auth

import (
	"context"
	"os"
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/secret"
)

// accepted is git's "store": Bitbucket took this credential.
func (s *session) accepted(ctx context.Context, r request) {
	o, known := s.offered(ctx, r)
	s.noteAccepted(r)
	if !known {
		s.noteStray(r)
	}
	switch {
	case known && o.source == fromUs:
		if o.token.kept {
			_ = s.vault.NoteWorked(ctx, o.token.Account, r.repository.String())
		}
	case known && (o.source == fromEnvironment || o.renamed):
	case !known && s.mayBeOurs(r.message):
	default:
		// It is not ours. Git would have told the person's helpers, and so do we.
		s.note("the person's helpers are told that it was good, as git would have done")
		_ = s.git(r).Approve(ctx, withoutComeback(r.message))
	}
}

// mayBeOurs tells that a credential which we have not seen given must not be
// passed on to the person's helpers, which may keep it in plain text: another
// process of ours gave it, from BBGIT_TOKEN or from a person without a keyring.
func (s *session) mayBeOurs(m credential.Message) bool {
	value, _ := bitbucket.ReadPaste(os.Getenv(TokenVariable))
	return bitbucket.NamesNobody(m.Get("username")) || value != "" && value == m.Get("password")
}

// erased is git's "erase": a 401 came. That is no proof: a stale header of the
// person's configuration makes git erase good credentials.
func (s *session) erased(ctx context.Context, r request) {
	o, known := s.offered(ctx, r)
	if known && o.asked.repository == r.repository {
		r.user = o.asked.user // git names the user that it was given
	}
	if !known {
		o = offer{source: fromElsewhere, userName: r.message.Get("username"), secret: secret.New(r.message.Get("password")), message: r.message}
	}
	s.turnedDown(ctx, r, o)
	if s.wasRefused(o.secret) {
		s.noteGaveUp(r, o)
	}
}

// turnedDown looks into the refusal of a credential.
func (s *session) turnedDown(ctx context.Context, r request, o offer) {
	if o.secret.IsZero() || s.refusedFor(o.secret, r.repository) {
		return
	}
	if s.doubted(r, o) > 0 {
		s.noteDoubt(r, o) // Bitbucket has been asked a moment ago
		return
	}
	finding := s.check(ctx, r, o, bitbucket.Read)
	if !finding.Answer.Refused() && finding.Answer != bitbucket.NotVisible {
		s.note("git was refused, and Bitbucket, asked again, does not refuse it: it is kept")
		if o.isToken() && finding.Answer == bitbucket.Accepted && s.mayOnlyRead(ctx, r, o) {
			s.noteReadOnly(r)
		}
		s.noteDoubt(r, o)
		return
	}
	switch o.source {
	case fromUs:
		s.ownTurnedDown(ctx, r, o, finding.Answer)
	case fromEnvironment:
		s.noteRefused(refusal{offer: o, answer: finding.Answer, from: r})
		s.noteVariable(r, finding.Answer)
	default:
		s.foreignTurnedDown(ctx, r, o, finding.Answer)
	}
}

// ownTurnedDown tells a bad token from a repository that a good one does not
// see: Bitbucket answers both in the same way.
func (s *session) ownTurnedDown(ctx context.Context, r request, o offer, answer bitbucket.Answer) {
	now := s.standingAfter(ctx, r, o, answer)
	s.note("refused for %s, and %s: %s", r.repository, now, later(o.told))
	if now != alive && o.token.kept {
		_ = s.vault.MarkRefused(ctx, o.token.Item)
	}
	switch {
	case now != dead && o.forAnother(r):
		s.noteRefused(refusal{offer: o, answer: answer, from: r, otherAccount: true})
	case now == alive:
		s.noteHidden(r, o)
	default:
		s.noteRefused(refusal{offer: o, answer: answer, from: r, doubtful: now == doubtful})
	}
}

// foreignTurnedDown does the same for what is not ours. The person's helpers are
// told of a refusal as git would have told them, since some then get a new
// credential. But a token is all there is, so that one is thrown away only when a
// better one has come.
func (s *session) foreignTurnedDown(ctx context.Context, r request, o offer, answer bitbucket.Answer) {
	now := dead
	if o.isToken() {
		now = s.standingAfter(ctx, r, o, answer)
	}
	if now == alive {
		s.noteHidden(r, o)
		return
	}
	if o.source == fromHelper {
		s.noteDeadHelper(ctx, r, o, answer)
	} else {
		s.noteRefused(refusal{offer: o, answer: answer, from: r})
	}
	if o.isToken() {
		s.lastRefusal(func(last *refusal) { last.doubtful = now == doubtful })
		return
	}
	s.note("the person's helpers are told that it was refused, as git would have done")
	_ = s.git(r).Reject(ctx, reject(r.message, o))
}

// standingAfter knows that a 404 is said to nobody whose credential is bad.
func (s *session) standingAfter(ctx context.Context, r request, o offer, answer bitbucket.Answer) standing {
	if answer == bitbucket.NotVisible {
		return alive
	}
	return s.standingOf(ctx, r, o)
}

// noteHidden remembers that a good token does not see a repository.
func (s *session) noteHidden(r request, o offer) {
	s.mu.Lock()
	s.noAccess = r.repository
	s.mu.Unlock()
	s.noteRefused(refusal{offer: o, answer: bitbucket.NotVisible, from: r})
}

// isToken tells a token from a password, and from what a browser sign-in gave.
func (o offer) isToken() bool {
	kind := bitbucket.KindOf(o.secret.Reveal())
	return kind == bitbucket.APIToken || kind == bitbucket.AccessToken
}

// forAnother tells that a URL names an account, and this token is not kept for
// that one, but without a name. It may be the same account all the same: where it
// has worked before, it is.
func (o offer) forAnother(r request) bool {
	return o.source == fromUs && r.user != "" && o.token.Account.Name != r.user && !isAccessToken(o.token.Account) &&
		!slices.ContainsFunc(o.token.Worked, func(place string) bool { return strings.EqualFold(place, r.repository.String()) })
}

func (s *session) lastRefusal(change func(*refusal)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.refused) > 0 {
		change(&s.refused[len(s.refused)-1])
	}
}

// noteAccepted remembers where a credential is good, for a proof. A credential
// that nobody of us gave was git's own affair, and then so is the rest.
func (s *session) noteAccepted(r request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served = append(s.served, acceptance{secret.New(r.message.Get("password")), r.repository})
	if s.nobody != nil && s.nobody.Repository == r.repository {
		s.nobody = nil
	}
}

// noteVariable remembers that BBGIT_TOKEN is no good for a repository.
func (s *session) noteVariable(r request, answer bitbucket.Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.envBad, s.envAnswer = r.repository, answer
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
	var given offer
	for _, o := range s.offers {
		if o.secret.Equal(x) && (given.secret.IsZero() || o.asked.repository == r.repository) {
			given = o
		}
	}
	s.mu.Unlock()
	if !given.secret.IsZero() {
		return given, true
	}
	if item, err := s.vault.Find(ctx, r.user, r.repository.String()); err == nil && item.Token.Equal(x) {
		return token{item, true}.offer(), true
	}
	return offer{}, false
}
