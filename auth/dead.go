package auth

import (
	"context"
	"os"
	"path/filepath"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/netrc"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/words"
)

// deadEntry is a credential that Bitbucket has refused, in a helper of the
// person's. It is cleared away when a new token works, and not before.
type deadEntry struct {
	owner   realgit.KeepingHelper
	message credential.Message
	request request
}

// noteDeadHelper remembers a refused credential and finds out who keeps it.
func (s *session) noteDeadHelper(ctx context.Context, r request, o offer, answer bitbucket.Answer) {
	owner, found := s.owner(ctx, r, o)
	held := ""
	if found {
		held = owner.Keeps()
	}
	s.noteRefused(refusal{offer: o, answer: answer, held: held, from: r})
	if found {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.dead = append(s.dead, deadEntry{owner: owner, message: reject(r.message, o), request: r})
	}
}

// clearHelpers has the person's helpers forget what Bitbucket has refused, and
// tells whether there was anything to forget.
func (s *session) clearHelpers(ctx context.Context) bool {
	s.mu.Lock()
	dead := s.dead
	s.dead = nil
	s.mu.Unlock()
	cleared := false
	for _, d := range dead {
		if d.owner.Name() == "store" && d.owner.StoredFor(d.message.Get("username")) > 1 {
			// Git 2.39's store would forget all of them, the good ones as well.
			s.tell(func(style words.Style) string { return style.HelperNotCleaned(d.owner.Keeps()) })
			continue
		}
		done, err := s.quietGit(d.request).RejectAt(ctx, d.owner, d.message)
		s.note("the helper %s %s", d.owner.Shown(), toldForgotten(done, err))
		cleared = cleared || done && err == nil
	}
	return cleared
}

// netrcEntry is what curl would send to Bitbucket before git asks anybody, if
// it is of a kind that Bitbucket has switched off. A token in there works, and
// is left alone.
func netrcEntry() (netrc.Entry, bool) {
	home, err := os.UserHomeDir()
	if err != nil {
		return netrc.Entry{}, false
	}
	entry, found, err := netrc.Lookup(home, bitbucket.Host)
	return entry, err == nil && found && entry.Password != "" && bitbucket.KindOf(entry.Password).Retired()
}

// netrcCredential is what .netrc holds, where git was told not to use it by
// itself. It is shown to Bitbucket first.
func (s *session) netrcCredential(ctx context.Context, r request) (offer, bool) {
	entry, ok := netrcEntry()
	if !ok || r.user != "" && r.user != entry.Login {
		return offer{}, false
	}
	o := offer{source: fromNetrc, userName: entry.Login, secret: secret.New(entry.Password)}
	if s.wasRefused(o.secret) {
		return offer{}, false
	}
	finding := s.check(ctx, r, o, bitbucket.Read)
	if !finding.Answer.Refused() {
		return o, true
	}
	s.noteRefused(refusal{offer: o, answer: finding.Answer, held: "in ~/" + filepath.Base(entry.File), from: r})
	s.mu.Lock()
	s.deadNetrc = &entry
	s.mu.Unlock()
	return offer{}, false
}

func (s *session) hasNobody() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.nobody != nil
}

// nobodyLine tells what to do, where a question had nobody to go to.
func (s *session) nobodyLine() string {
	need := s.needs()
	s.mu.Lock()
	defer s.mu.Unlock()
	style := words.Style{}
	bad := s.envBad != (bitbucket.Repository{})
	_, paste := bitbucket.ReadPaste(os.Getenv(TokenVariable))
	switch {
	case bad && !paste.Sendable():
		return style.EnvTokenUnsent(paste)
	case bad:
		return style.EnvTokenRefused(paste, s.envAnswer, need, s.envBad)
	case s.nobody == nil && s.keptBack:
		return style.HelperNamed()
	case s.nobody == nil:
		return ""
	}
	q := *s.nobody
	if q.Why == words.NothingKept && s.unread != nil {
		q.Shut, q.Unkept = true, s.unread
	}
	return style.NobodyToAsk(q) + s.obstacles.helpersFailed(style)
}
