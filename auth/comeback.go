package auth

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"bbgit/auth/credential"
)

// Git 2.46 and later come back to us in the same run when a credential was
// refused with a 401, instead of telling helpers to erase it and giving up: if
// the answer said "continue" (git-credential(1)). All that the second question
// carries is our state. The password is gone by then, and the user name is the
// one of the answer, which may not be what the remote's URL says.

// A comeback is the state that git brings back.
type comeback struct {
	offer  int // which of the session's offers was refused
	source source
	user   string // that the first question was about
}

// comebackMark begins our state. Git gives each helper the states of all.
const comebackMark = "bbgit:"

func (c comeback) String() string {
	return comebackMark + strconv.Itoa(c.offer) + ":" + strconv.Itoa(int(c.source)) + ":" + url.QueryEscape(c.user)
}

// comebackOf finds our state in a question.
func comebackOf(m credential.Message) (comeback, bool) {
	for _, a := range m {
		text, ours := strings.CutPrefix(a.Value, comebackMark)
		fields := strings.Split(text, ":")
		if a.Key != "state[]" || !ours || len(fields) != 3 {
			continue
		}
		n, err1 := strconv.Atoi(fields[0])
		from, err2 := strconv.Atoi(fields[1])
		user, err3 := url.QueryUnescape(fields[2])
		if err1 == nil && err2 == nil && err3 == nil {
			return comeback{n, source(from), user}, true
		}
	}
	return comeback{}, false
}

// inviting makes git come back if the answer is refused: once, as nothing is
// known that would be better than a second one. Whoever set BBGIT_TOKEN wants no
// other, and a helper that speaks of states itself knows better what comes next.
func (r request) inviting(answer credential.Message, c comeback) credential.Message {
	_, again := comebackOf(r.message)
	if again || c.source == fromEnvironment || !r.message.Has("capability[]", "state") ||
		answer.Get("password") == "" || answer.Get("continue") != "" || answer.Get("state[]") != "" {
		return answer
	}
	return append(answer.Without("capability[]"),
		credential.Attribute{Key: "capability[]", Value: "state"},
		credential.Attribute{Key: "state[]", Value: c.String()},
		credential.Attribute{Key: "continue", Value: "1"})
}

// returned takes up the question of a git that has come back: the offer that it
// was given was refused, and the question is the first one again. It is hopeless
// where a good token does not see the repository: another one is no better.
func (s *session) returned(ctx context.Context, r request) (first request, hopeless bool) {
	c, ok := comebackOf(r.message)
	if !ok {
		return r, false
	}
	r.user = c.user
	if c.user == "" {
		r.message = r.message.Without("username")
	} else {
		r.message = r.message.With("username", c.user)
	}
	o, known := s.offerOf(ctx, r, c)
	s.note("git has come back: what it was given was refused")
	if known {
		s.turnedDown(ctx, r, o)
	}
	return r, known && s.refusedFor(o.secret, r.repository) && !s.wasRefused(o.secret)
}

// offerOf is what was refused. A helper that answers alone was not there when it
// was given, but knows what the keyring holds.
func (s *session) offerOf(ctx context.Context, r request, c comeback) (offer, bool) {
	s.mu.Lock()
	if c.offer >= 0 && c.offer < len(s.offers) {
		defer s.mu.Unlock()
		return s.offers[c.offer], true
	}
	s.mu.Unlock()
	if t, found := s.keptToken(ctx, r); found && c.source == fromUs {
		return t.offer(), true
	}
	return offer{}, false
}

// sameAgain is what git is given when it has come back and there is nothing
// better: the same again, so that it ends with its own words for a refusal. The
// answer does not invite it to come back once more.
func (s *session) sameAgain(r request) (credential.Message, bool) {
	c, ok := comebackOf(r.message)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !ok || c.offer < 0 || c.offer >= len(s.offers) {
		return nil, false
	}
	return s.offers[c.offer].answer(), true
}

// answer is how git reads an offer.
func (o offer) answer() credential.Message {
	if o.message != nil {
		return o.message
	}
	return credential.Message{{Key: "username", Value: o.userName}, {Key: "password", Value: o.secret.Reveal()}}
}

// withoutComeback is a message as the person's own helpers should see it.
func withoutComeback(m credential.Message) credential.Message {
	if _, ours := comebackOf(m); !ours {
		return m
	}
	out := make(credential.Message, 0, len(m))
	for _, a := range m {
		if a.Key != "continue" && (a.Key != "state[]" || !strings.HasPrefix(a.Value, comebackMark)) {
			out = append(out, a)
		}
	}
	return out
}
