package auth

import (
	"context"
	"os"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/secret"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// TokenVariable lets a machine without a person bring a token.
const TokenVariable = "BBGIT_TOKEN"

// get finds a credential: our own token; what the person's own helpers give,
// unless it is of a kind that Bitbucket has switched off; the person.
func (s *session) get(ctx context.Context, r request) credential.Message {
	r, hopeless := s.returned(ctx, r)
	if answer, ok := s.sameAgain(r); ok && hopeless {
		return answer
	}
	if r.namesHelper() {
		s.note("the command line names a helper, so that only helpers are asked")
		return s.onlyHelpers(ctx, r)
	}
	if others, all := s.othersTold(ctx, r); len(others) > 0 {
		return s.besideOthers(ctx, r, others, all)
	}
	if text := os.Getenv(TokenVariable); text != "" {
		return s.fromVariable(r, text)
	}
	if t, ok := s.ownToken(ctx, r); ok {
		return s.give(r, t.offer())
	}
	if o, ok, quits := s.helperCredential(ctx, r); ok {
		return s.give(r, o)
	} else if quits {
		return quit
	}
	if o, ok := s.netrcCredential(ctx, r); ok {
		return s.give(r, o)
	}
	if _, found := s.header(ctx, r); found { // it would be sent in place of any token
		if answer, ok := s.sameAgain(r); ok {
			return answer
		}
		return quit
	}
	if t, ok := s.ask(ctx, r, s.whyAsk(r)); ok {
		return s.give(r, t.offer())
	}
	return s.lastWord(r)
}

// onlyHelpers answers where the command line names a helper ("git -c
// credential.helper=store fetch"). That one stands behind ours, and git tells it
// every credential that worked: a token of ours would end up in it, in plain
// text perhaps, unasked. Whoever names a helper for one command wants that one.
// Git 2.46 knows the word "ephemeral", but only asks the helper behind to obey it.
func (s *session) onlyHelpers(ctx context.Context, r request) credential.Message {
	if o, ok, quits := s.helperCredential(ctx, r); ok {
		return s.give(r, o)
	} else if quits {
		return quit
	}
	accounts, _ := s.vault.Accounts()
	s.mu.Lock()
	s.keptBack = len(accounts) > 0 || os.Getenv(TokenVariable) != ""
	s.mu.Unlock()
	return s.lastWord(r)
}

func (t token) offer() offer {
	return offer{source: fromUs, userName: t.Username, secret: t.Token, token: t}
}

// fromVariable serves BBGIT_TOKEN. Once it was refused there is nothing else to
// try: whoever set it wanted this one.
func (s *session) fromVariable(r request, text string) credential.Message {
	value, paste := bitbucket.ReadPaste(text)
	x := secret.New(value)
	if !paste.Sendable() || s.wasRefused(x) {
		s.note("%s is no good, and nothing else is tried", TokenVariable)
		s.noteVariable(r, bitbucket.CredentialRefused)
		return quit
	}
	return s.give(r, offer{source: fromEnvironment, userName: bitbucket.UserName(value), secret: x})
}

// quit makes git end with its own exit status, rather than ask for a user name
// and a password that cannot help (git-credential(1)).
var quit = credential.Message{{Key: "quit", Value: "1"}}

// ownToken is the token for the account that a URL names: one that the person
// gave in this run, or one from the keyring.
func (s *session) ownToken(ctx context.Context, r request) (token, bool) {
	t, ok := s.freshToken(r)
	if !ok {
		t, ok = s.keptToken(ctx, r)
	}
	return t, ok && !s.refusedFor(t.Token, r.repository)
}

// freshToken finds what the person gave in this run, by the vault's rules.
func (s *session) freshToken(r request) (token, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range []string{r.repository.String(), r.user, ""} {
		if t, ok := s.fresh[name]; ok {
			return t, true
		}
	}
	if r.user == "" && len(s.fresh) == 1 {
		for name, t := range s.fresh {
			return t, !isAccessToken(vault.Account{Name: name})
		}
	}
	return token{}, false
}

func (s *session) keptToken(ctx context.Context, r request) (token, bool) {
	item, err := s.vault.Find(ctx, r.user, r.repository.String())
	if err != nil {
		s.note("no token of ours: %v", err)
		s.noteMissing(err)
		return token{}, false
	}
	t := token{item, true}
	if item.Refused.IsZero() || s.wasRefused(item.Token) {
		return t, item.Refused.IsZero()
	}
	s.note("a token that was refused in another run gets a second chance")
	return s.secondChance(ctx, r, t)
}

// secondChance shows Bitbucket a token that it has refused in another run. It
// may have been the repository's fault, and a person is to be asked otherwise.
func (s *session) secondChance(ctx context.Context, r request, t token) (token, bool) {
	answer := s.check(ctx, r, t.offer(), bitbucket.Read).Answer
	if answer.Refused() {
		s.noteRefused(refusal{offer: t.offer(), answer: answer, from: r, doubtful: !t.expired()})
		return t, false
	}
	if answer == bitbucket.Accepted {
		_ = s.vault.MarkAccepted(ctx, t.Item)
		t.Refused = time.Time{}
	}
	return t, true
}

// helperCredential asks the person's own helpers. What Bitbucket has switched
// off is shown to the server first: git would end on it (410), or have the
// helper forget it before anything better is known.
func (s *session) helperCredential(ctx context.Context, r request) (_ offer, ok, quits bool) {
	answer, found := s.fill(ctx, r)
	if !found {
		return offer{}, false, answer.Get("quit") != ""
	}
	o := offer{source: fromHelper, userName: answer.Get("username"), secret: secret.New(answer.Get("password")), message: answer}
	if s.refusedFor(o.secret, r.repository) {
		return offer{}, false, false
	}
	kind := bitbucket.KindOf(answer.Get("password"))
	if answer.Get("credential") != "" {
		kind = bitbucket.Unknown
	}
	if kind == bitbucket.APIToken && (bitbucket.LooksLikeMail(o.userName) || o.userName == bitbucket.AccessTokenUser) {
		// The most frequent mistake: the token is right and the name is not.
		o.userName = bitbucket.APITokenUser
		o.message = answer.With("username", o.userName)
		o.renamed = true
	}
	if !kind.Retired() {
		return o, true, false
	}
	finding := s.check(ctx, r, o, bitbucket.Read)
	if !finding.Answer.Refused() {
		return o, true, false
	}
	s.noteDeadHelper(ctx, r, o, finding.Answer)
	return offer{}, false, false
}

// give answers git and remembers what it was given.
func (s *session) give(r request, o offer) credential.Message {
	if s.leadsNowhere(r, o) {
		s.note("it was refused too often, though it is good: %s", later(o.told))
		return quit
	}
	s.note("found: %s", later(o.told))
	s.mu.Lock()
	defer s.mu.Unlock()
	o.asked = r
	s.offers = append(s.offers, o)
	return r.inviting(o.answer(), comeback{len(s.offers) - 1, o.source, r.user})
}

// whyAsk says why the person is needed: the latest refusal, or that nothing is
// known.
func (s *session) whyAsk(r request) words.Question {
	need := s.needs()
	s.mu.Lock()
	defer s.mu.Unlock()
	q := words.Question{Repository: r.repository, Why: words.NothingKept, Need: need}
	if old, version := s.obstacles.oldGCM, s.obstacles.gcmVersion; old {
		q.Why, q.GCM = words.SignInBlocked, version
	}
	if len(s.refused) == 0 {
		if q.Why == words.NothingKept {
			q.Gone = s.gone
		}
		if q.Others = s.otherAccounts(r); len(q.Others) > 0 {
			q.Account = bitbucket.Printable(r.user)
		}
		return q
	}
	last := s.refused[len(s.refused)-1]
	q.Held = last.held
	switch {
	case last.otherAccount:
		q.Why, q.Account = words.OtherAccount, bitbucket.Printable(r.user) // anybody's text, such as a submodule's
	case last.answer == bitbucket.ScopeMissing:
		q.Why = words.ScopeMissing
	case last.offer.source == fromUs:
		q.Why, q.Added, q.Expires, q.Doubtful = words.TokenRefused, last.offer.token.Added, last.offer.token.Expires, last.doubtful
	case bitbucket.KindOf(last.offer.secret.Reveal()).Retired():
		q.Why = words.PasswordRefused
	case q.Why != words.SignInBlocked || bitbucket.KindOf(last.offer.secret.Reveal()) == bitbucket.APIToken:
		q.Why, q.Doubtful = words.OtherRefused, last.doubtful
	}
	return q
}

// otherAccounts are those that a token is kept for, where the URL names one that has none.
func (s *session) otherAccounts(r request) (names []string) {
	if r.user == "" || bitbucket.NamesNobody(r.user) {
		return nil
	}
	accounts, _ := s.vault.Accounts()
	for _, item := range accounts {
		if item.Account.Name != "" && item.Account.Name != r.user && !isAccessToken(item.Account) {
			names = append(names, bitbucket.Printable(item.Account.Name))
		}
	}
	return names
}

// lastWord is the answer when there is no token. A refused credential is handed
// to git once, so that git ends with the words and the exit status that it has
// for it without us. It is never handed out twice: git-lfs would try for ever.
// Where there was none, git may ask in its own way, unless the person has just
// declined.
func (s *session) lastWord(r request) credential.Message {
	if answer, ok := s.sameAgain(r); ok {
		return answer
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.refused) - 1; i >= 0; i-- {
		o := s.refused[i].offer
		if s.wasOffered(o.secret) {
			continue
		}
		s.note("nothing better, so that git gets what was refused, once: %s", later(o.told))
		s.offers = append(s.offers, o)
		return o.answer()
	}
	if s.declined || len(s.refused) > 0 {
		return quit
	}
	return nil
}

// wasOffered wants s.mu held.
func (s *session) wasOffered(x secret.Secret) bool {
	for _, o := range s.offers {
		if o.secret.Equal(x) {
			return true
		}
	}
	return false
}
