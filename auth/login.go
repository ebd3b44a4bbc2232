package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// A Login is a token that a person brings without a git command that needs one.
type Login struct {
	Account    string               // the user name in remotes' URLs that it is for; "" for all
	Expires    time.Time            // as far as the person said
	Repository bitbucket.Repository // where it is checked; the zero value lets us find one
}

// What a login may end with, besides the errors of the vault.
var (
	// ErrNoTerminal: there is nobody to ask.
	ErrNoTerminal = errors.New("there is no terminal to ask at")
	// ErrNotToAsk: the person has forbidden it (git(1), GIT_TERMINAL_PROMPT).
	ErrNotToAsk = errors.New("GIT_TERMINAL_PROMPT says that nobody is to be asked")
	// ErrNoRepository: Bitbucket cannot be asked about a token, because no repository is known.
	ErrNoRepository = errors.New("a token can be checked only with a repository, and none is known here")
	// ErrNotLoggedIn: nothing was kept, and the person was told why.
	ErrNotLoggedIn = errors.New("not logged in")
)

// LogIn asks the person at the terminal for a token, checks it and keeps it.
func LogIn(ctx context.Context, tools Tools, l Login) error {
	s := newSession(tools, nil)
	defer s.close()
	if !s.place.promptsAllowed() {
		return ErrNotToAsk
	}
	ctx, screen, end, err := openInTurn(ctx)
	switch {
	case errors.Is(err, terminal.ErrNone):
		return ErrNoTerminal
	case err != nil:
		return err
	}
	defer end()
	style := styleOf(screen)
	r, known := s.loginRequest(ctx, l)
	named := !known || l.Repository != bitbucket.Repository{}
	if !known {
		if r.repository, err = whichRepository(ctx, screen, style); err != nil {
			return givenUp(screen, style, err, false)
		}
	}
	r = s.addressed(ctx, r, l)
	if held, ok := s.alreadyServed(ctx, r); ok {
		screen.Print(style.AlreadyServed(held, r.repository))
	}
	q := words.Question{Repository: r.repository, Why: words.LoggingIn, Named: named}
	s.prepare(ctx, r, &q)
	if q.Unkept != nil && !q.Choose {
		screen.Print(style.NoPlace(*q.Unkept))
		return ErrNotLoggedIn
	}
	if kept, err := s.vault.Get(ctx, vault.Account{Name: r.user}); err == nil {
		q.Replaces = kept.Token.Masked()
	}
	screen.Print(style.Ask(q))
	d := dialogue{session: s, screen: screen, style: style, request: r, question: q, expires: l.Expires}
	t, ok := d.run(ctx)
	switch {
	case ok && t.kept:
		return nil
	case ok || d.unchecked: // it was said why
		return stoppedBy(d.ended)
	}
	return givenUp(screen, style, d.ended, q.Replaces != "")
}

// givenUp ends a login that brought no token, and says so, unless a signal does.
func givenUp(screen screen, style words.Style, why error, kept bool) error {
	err := stoppedBy(why)
	if errors.Is(err, ErrNotLoggedIn) {
		screen.Print(style.LoginGivenUp(kept))
	}
	return err
}

// whichRepository asks for one. An error is no answer, as in Confirm.
func whichRepository(ctx context.Context, screen screen, style words.Style) (bitbucket.Repository, error) {
	for range attempts {
		line, err := screen.ReadLine(ctx, style.WhichRepository())
		if err != nil {
			return bitbucket.Repository{}, err
		}
		if strings.TrimSpace(line) == "" {
			break
		}
		if r, ok := ReadRepository(line); ok {
			return r, nil
		}
		screen.Print(style.NoRepository())
	}
	return bitbucket.Repository{}, terminal.ErrEnd
}

// stoppedBy is what a login ends with when the question has ended so. A signal is
// the caller's affair.
func stoppedBy(err error) error {
	if interrupted, ok := errors.AsType[*terminal.Interrupted](err); ok {
		return interrupted
	}
	return ErrNotLoggedIn
}

// LogInWith checks a token that came from elsewhere, such as a password manager, and keeps it. It asks nobody anything;
// where it cannot be kept, the error says why. A text that is no token, or is refused, is a LoginRefused.
func LogInWith(ctx context.Context, tools Tools, l Login, text string) (vault.Item, error) {
	s := newSession(tools, nil)
	defer s.close()
	value, paste := bitbucket.ReadPaste(text)
	if !paste.Sendable() {
		return vault.Item{}, LoginRefused{func(style words.Style) string { return style.PastedInPipe(paste) }}
	}
	r, known := s.loginRequest(ctx, l)
	if !known {
		return vault.Item{}, ErrNoRepository
	}
	r = s.addressed(ctx, r, l)
	x := secret.New(value)
	answer := s.check(ctx, r, offer{source: fromUs, userName: bitbucket.UserName(value), secret: x}, bitbucket.Read).Answer
	switch {
	case answer.Final():
		return vault.Item{}, LoginRefused{func(style words.Style) string { return style.NotChecked(answer, r.repository) }}
	case answer != bitbucket.Accepted:
		return vault.Item{}, LoginRefused{func(style words.Style) string { return style.Refused(answer, bitbucket.Read, r.repository) }}
	}
	return s.vault.Save(ctx, newItem(r.user, r, x, l.Expires))
}

// LoginRefused is a token that is none, or that Bitbucket does not take.
type LoginRefused struct{ Say func(words.Style) string }

func (e LoginRefused) Error() string { return strings.TrimSpace(e.Say(words.Style{})) }

// loginRequest is where a token can be checked: the repository that the person names, one of the clone that they stand
// in, or one where a token of theirs has worked.
func (s *session) loginRequest(ctx context.Context, l Login) (r request, known bool) {
	r = s.place
	r.repository = l.Repository
	none := bitbucket.Repository{}
	if r.repository == none {
		for _, where := range s.neighbours(ctx, r) {
			r.repository = where.Repository
			break
		}
	}
	if items, err := s.vault.Accounts(); r.repository == none && err == nil {
		r.repository = lastUsed(items, l.Account)
	}
	return r, r.repository != none
}

// addressed makes the request what git would have asked, had it wanted the token. Its user name is that of the account
// which the token will be kept for: the one that the person names, or the one whose token it takes the place of.
func (s *session) addressed(ctx context.Context, r request, l Login) request {
	r.message = withRepository(r.repository)
	if r.user = l.Account; r.user != "" {
		return r
	}
	there := ""
	for _, remote := range s.neighbours(ctx, r) {
		if remote.Repository == r.repository && !bitbucket.NamesNobody(remote.User) {
			there = remote.User
		}
	}
	r.user = s.vault.AccountFor(there, r.repository.String()).Name
	return r
}

// lastUsed is where a token has worked, that of the account before any other.
func lastUsed(items []vault.Item, account string) (where bitbucket.Repository) {
	for _, item := range items {
		if len(item.Worked) == 0 {
			continue
		}
		if here := bitbucket.RepositoryOf(item.Worked[0]); item.Account.Name == account || where == (bitbucket.Repository{}) {
			where = here
		}
		if item.Account.Name == account {
			break
		}
	}
	return where
}

// ReadRepository reads what a person calls a repository: its address, as copied from the browser or from a remote, or
// WORKSPACE/NAME.
func ReadRepository(text string) (bitbucket.Repository, bool) {
	text = strings.TrimSpace(text)
	if remote, ok := bitbucket.ParseRemote(text); ok {
		return remote.Repository, remote.Repository != bitbucket.Repository{}
	}
	if ssh, ok := bitbucket.ParseSSHRemote(text); ok && bitbucket.ServesSSH(ssh.Host) {
		return ssh.Repository, true
	}
	if strings.ContainsAny(text, " :@\\?#") || strings.Count(strings.Trim(text, "/"), "/") != 1 {
		return bitbucket.Repository{}, false
	}
	where := bitbucket.RepositoryOf(text)
	return where, where != bitbucket.Repository{}
}

// alreadyServed tells that one of the person's own helpers has a token that Bitbucket takes, and where: then nobody
// needs to paste it again.
func (s *session) alreadyServed(ctx context.Context, r request) (held string, ok bool) {
	o, found, _ := s.helperCredential(ctx, r)
	if !found || !o.isToken() || s.check(ctx, r, o, bitbucket.Read).Answer != bitbucket.Accepted {
		return "", false
	}
	if owner, found := s.owner(ctx, r, o); found {
		return owner.Keeps(), true
	}
	return fmt.Sprintf("that your helpers give for %s", r.repository), true
}
