package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// attempts is how many tokens a person may try in one question. After three, a
// look at the page helps more than a fourth.
const attempts = 3

// ask asks the person for a token: once, whatever runs in parallel. It is
// false where nobody can be asked, or nothing came of it.
func (s *session) ask(ctx context.Context, r request, q words.Question) (token, bool) {
	s.question.Lock()
	defer s.question.Unlock()
	if t, ok := s.freshToken(r); ok && !s.refusedFor(t.Token, r.repository) {
		s.note("the person has given a token meanwhile")
		return t, true
	}
	if s.hasDeclined() || ctx.Err() != nil {
		return token{}, false
	}
	screen, err := terminal.Open()
	if err != nil || !r.promptsAllowed() {
		if err == nil {
			screen.Close()
		}
		s.note("no terminal to ask at: %s", toldNobody(err))
		return s.askInDialog(ctx, r, q)
	}
	defer screen.Close()
	style := styleOf(screen)
	end, err := takeTurn(ctx, func(who other) {
		tellsOfOther(screen)(who)
		s.note("waiting for another that speaks with the person")
	})
	if err != nil {
		return token{}, false
	}
	defer end()
	ctx = inTurn(ctx)
	if t, ok, over := s.answeredMeanwhile(ctx, r); over {
		return t, ok
	}
	s.prepare(ctx, r, &q)
	s.note("asking the person for a token for %s", later(r.told))
	screen.Print(s.helpersFailed(style))
	screen.Print(style.Ask(q))
	d := dialogue{session: s, screen: screen, style: style, request: r, question: q}
	t, ok := d.run(ctx)
	if !ok {
		s.note("the person gave no token that works")
		s.noteDeclined()
	}
	return t, ok
}

// answeredMeanwhile looks whether another bbgit has asked while this one waited
// for its turn.
func (s *session) answeredMeanwhile(ctx context.Context, r request) (t token, ok, over bool) {
	if s.lent.has(notedDeclined) {
		s.noteDeclined()
		return token{}, false, true
	}
	t, ok = s.keptToken(ctx, r)
	ok = ok && !s.refusedFor(t.Token, r.repository)
	return t, ok, ok
}

func (s *session) hasDeclined() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.declined
}

// noteDeclined remembers that the person gave no token, before another bbgit of
// the same command gets its turn.
func (s *session) noteDeclined() {
	s.mu.Lock()
	s.declined = true
	s.mu.Unlock()
	s.lent.note(notedDeclined)
}

func (s *session) noteNobody(q words.Question) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nobody = &q
}

func styleOf(screen *terminal.Terminal) words.Style {
	return words.Style{Width: screen.Width(), Link: screen.Link}
}

// prepare completes what the question has to say.
func (s *session) prepare(ctx context.Context, r request, q *words.Question) {
	q.Now = time.Now()
	q.Opens = hasDesktop()
	s.prepareKeeping(ctx, q)
}

// prepareKeeping says where the token will be kept, or why it will not.
func (s *session) prepareKeeping(ctx context.Context, q *words.Question) {
	chosen, err := s.vault.Chosen(ctx)
	q.Keep = PlaceOf(chosen)
	if err == nil {
		err = s.vault.Ready(ctx)
	}
	if err != nil {
		u := UnkeptBy(err)
		q.Unkept, q.Choose = &u, noKeyring(err) && s.undecided(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if q.Why == words.NothingKept && s.unread != nil {
		q.Shut, q.Keep, q.Unkept, q.Choose = true, s.unread.Place, s.unread, false
	}
}

// undecided tells that the person has not said where tokens are to be kept.
func (s *session) undecided(ctx context.Context) bool {
	name, err := s.vaultGit().Value(ctx, StoreSetting)
	return name == "" && err == nil
}

// noteMissing remembers why there is no token: none is kept, it is gone, or it is
// there, as the list of accounts knows, and cannot be read.
func (s *session) noteMissing(err error) {
	gone, _ := errors.AsType[vault.GoneError](err)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case gone != vault.GoneError{}:
		s.gone = PlaceOf(gone.Store)
	case errors.Is(err, vault.ErrNotFound):
		s.gone = ""
	default:
		u := UnkeptBy(err)
		s.unread = &u
	}
}

// A screen is where a token is asked for.
type screen interface {
	Print(text string)
	ReadSecret(ctx context.Context, prompt string) (string, error)
	ReadLine(ctx context.Context, prompt string) (string, error)
	Unheard(ctx context.Context, work func(context.Context)) error
}

// A dialogue is one question, from the first prompt to a token that works or to
// the end of trying.
type dialogue struct {
	session  *session
	screen   screen
	style    words.Style
	request  request
	question words.Question
	tried    []secret.Secret
	opened   bool
	expires  time.Time // when the token will expire, as far as the person has said
	ended    error     // why the person was asked no more, where they did not want to be

	unchecked    bool   // Bitbucket could not be asked about a token
	afterwards   string // what is to be said behind the good news
	strange      bool   // the last one did not look like a token
	reasonsGiven bool   // the usual reasons for a refusal need no second reading
}

func (d *dialogue) run(ctx context.Context) (token, bool) {
	for len(d.tried) < attempts {
		line, err := d.screen.ReadSecret(ctx, words.Prompt)
		if err != nil {
			if errors.Is(err, terminal.ErrTooLong) {
				d.screen.Print(d.style.TooLong())
				continue
			}
			d.ended = err
			return token{}, false
		}
		text, paste := bitbucket.ReadPaste(line)
		if paste == bitbucket.Nothing {
			if !d.open() {
				return token{}, false
			}
			continue
		}
		d.screen.Print(d.style.Pasted(paste))
		if !paste.Sendable() {
			continue
		}
		d.strange = paste == bitbucket.StrangeToken
		if t, ok, again := d.try(ctx, secret.New(text)); !again {
			return t, ok
		}
	}
	d.screen.Print(d.style.Enough())
	return token{}, false
}

// open answers the first empty line, where there is a desktop. A browser that
// starts may run as long as the person likes, so nobody waits for it.
func (d *dialogue) open() bool {
	if !d.question.Opens || d.opened {
		return false
	}
	d.opened = true
	d.session.note("opening the browser")
	d.screen.Print(d.style.Opened())
	go func() { _ = OpenTokenPage() }()
	return true
}

// try shows a token to Bitbucket, and keeps it when it is good. again tells
// that the person may try another one.
func (d *dialogue) try(ctx context.Context, x secret.Secret) (t token, ok, again bool) {
	for _, before := range d.tried {
		if before.Equal(x) {
			d.tried = append(d.tried, x)
			d.screen.Print(d.style.SameAgain())
			return token{}, false, true
		}
	}
	d.tried = append(d.tried, x)
	d.screen.Print(d.style.Checking())
	var answer bitbucket.Answer
	var readsOnly bool
	d.ended = d.screen.Unheard(ctx, func(ctx context.Context) { answer, readsOnly = d.check(ctx, x) })
	switch {
	case d.ended != nil || ctx.Err() != nil:
		return token{}, false, false
	case answer == bitbucket.Accepted:
		t = d.keep(ctx, x)
		if readsOnly {
			d.screen.Print(d.style.ReadsOnly())
		}
		return t, true, false
	case answer.Final():
		d.unchecked = true
		d.screen.Print(d.style.NotChecked(answer, d.request.repository))
		return token{}, false, false
	}
	switch refused := answer == bitbucket.CredentialRefused; {
	case refused && d.strange:
		d.screen.Print(d.style.RefusedStrange())
	case refused && d.reasonsGiven:
		d.screen.Print(d.style.RefusedToo())
	default:
		d.screen.Print(d.style.Refused(answer, d.session.needs(), d.request.repository))
		if refused && d.question.Named {
			d.screen.Print(d.style.PerhapsMistyped(d.request.repository))
		}
		d.reasonsGiven = d.reasonsGiven || refused
	}
	return token{}, false, true
}

// check asks for what the command needs: reading, or reading and pushing. A
// token that can only read is good for reading, but the person should know it
// now and not at the next push. Where its account may only read, another token
// would be no better.
func (d *dialogue) check(ctx context.Context, x secret.Secret) (answer bitbucket.Answer, readsOnly bool) {
	s := d.session
	o := offer{source: fromUs, userName: bitbucket.UserName(x.Reveal()), secret: x}
	if read := s.check(ctx, d.request, o, bitbucket.Read).Answer; read != bitbucket.Accepted {
		return read, false
	}
	write := s.check(ctx, d.request, o, bitbucket.Write).Answer
	if s.needs() == bitbucket.Write && write != bitbucket.CredentialRefused {
		return write, false
	}
	return bitbucket.Accepted, write == bitbucket.ScopeMissing
}

// keep saves a token that works, and clears away what it replaces.
func (d *dialogue) keep(ctx context.Context, x secret.Secret) token {
	s, r := d.session, d.request
	name := d.session.accountFor(r)
	t := token{Item: newItem(name, r, x, d.expires)}
	kept, err := d.save(ctx, t.Item)
	if t.kept = err == nil; t.kept {
		t.Item = kept
		s.note("kept in %s: %s", PlaceOf(kept.Store), t.offer().told())
	} else {
		s.note("the token is not kept: %v", err)
	}
	if t.kept {
		s.forgetReplaced(ctx, r, t)
	}
	s.mu.Lock()
	s.fresh[t.Account.Name] = t
	s.mu.Unlock()
	replaced := s.clearHelpers(ctx)
	if t.kept {
		d.screen.Print(d.style.Kept(PlaceOf(t.Store), replaced) + d.afterwards)
	} else {
		stopped := errors.Is(err, context.Canceled) // by a signal, or as it has ended git
		d.screen.Print(d.style.NotKept(UnkeptBy(err), d.question.Why != words.LoggingIn && !stopped))
	}
	return t
}

// newItem is a token as it is kept after it has worked in a repository. An access token belongs to that one, and to
// no account.
func newItem(account string, r request, x secret.Secret, expires time.Time) vault.Item {
	if bitbucket.KindOf(x.Reveal()) == bitbucket.AccessToken {
		account = r.repository.String()
	}
	return vault.Item{
		Account:  vault.Account{Name: account},
		Username: bitbucket.UserName(x.Reveal()),
		Token:    x,
		Added:    time.Now(),
		Expires:  expires,
		Worked:   []string{r.repository.String()},
	}
}

// accountFor is the account that a new token is kept for: the one whose token
// was refused, so that it is replaced, or the one that the URL names.
func (s *session) accountFor(r request) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.refused) - 1; i >= 0; i-- {
		o := s.refused[i].offer
		if o.source == fromUs && o.token.kept && s.refused[i].from.repository == r.repository &&
			!s.refused[i].otherAccount && !isAccessToken(o.token.Account) {
			return o.token.Account.Name
		}
	}
	return r.user
}

// forgetReplaced forgets the refused access token of a repository for which a
// token of another kind is kept now. Under its own name nothing would replace it.
func (s *session) forgetReplaced(ctx context.Context, r request, t token) {
	s.mu.Lock()
	var old []vault.Account
	for _, refused := range s.refused {
		o := refused.offer
		if o.source == fromUs && o.token.kept && refused.from.repository == r.repository &&
			isAccessToken(o.token.Account) && o.token.Account != t.Account && refused.answer.Refused() {
			old = append(old, o.token.Account)
		}
	}
	s.mu.Unlock()
	for _, account := range old {
		_ = s.vault.Forget(ctx, account)
	}
}

// tell says something to the person at the terminal, or where there is none, on
// stderr. It is for words that belong to no question.
func (s *session) tell(text func(words.Style) string) {
	screen, err := terminal.Open()
	if err != nil {
		fmt.Fprint(s.stderr, text(words.Style{}))
		return
	}
	defer screen.Close()
	screen.Print(text(styleOf(screen)))
}
