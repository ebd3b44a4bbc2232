package doctor

import (
	"cmp"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

// A site is a place in git's configuration where a URL stands.
type site struct {
	entry   realgit.Entry
	file    string
	what    string // "the URL of remote 'origin'", "the push URL of remote 'origin' of submodule 'lib'"
	text    string // the URL, as it is written
	remote  bitbucket.Remote
	clone   string // path; "" for what is the same for all clones
	tracked bool
	plain   bool // it is one over HTTP
}

// sites are all URLs of Bitbucket's over HTTPS, and those that should be.
func (f Facts) sites() (all []site) {
	add := func(e realgit.Entry, clone, of string, tracked bool) {
		what, text := realgit.URLSetting(e.Key, e.Value)
		remote, ok := bitbucket.ParseRemote(text)
		plain := false
		if !ok {
			remote, plain = bitbucket.ParsePlain(text)
		}
		if what == "" || !ok && !plain || e.File() == "" {
			return
		}
		all = append(all, site{e, e.File(), terminal.Plain(urlOf(what, e.Key) + of), text, remote, clone, tracked, plain})
	}
	for _, e := range f.Settings {
		add(e, "", "", false)
	}
	for _, c := range f.Clones {
		for _, file := range c.Files {
			for _, e := range file.Entries {
				add(e, c.Path, file.Of, file.Tracked)
			}
		}
	}
	return all
}

// urlOf names a URL by its key.
func urlOf(what, key string) string {
	switch {
	case strings.HasPrefix(key, "url."):
		return "the rule " + what
	case strings.HasSuffix(key, ".pushurl"):
		return "the push URL of " + what
	}
	return "the URL of " + what
}

// rule tells that the URL is the beginning of others (url.<base>.insteadOf).
func (s site) rule() bool { return strings.HasPrefix(s.entry.Key, "url.") }

// secret is what stands in the URL: behind the user name, or in its place.
func (s site) secret() string {
	if s.remote.Secret == "" && bitbucket.IsMarked(s.remote.User) {
		return s.remote.User
	}
	return s.remote.Secret
}

// suspect is the secret in a URL, with the user name that it needs: that a wrong
// one goes with it says nothing against a token.
func (s site) suspect(f Facts) Suspect {
	x := Suspect{User: s.remote.User, Secret: s.secret(), Repository: s.remote.Repository}
	if isToken(x.Secret) {
		x.User = bitbucket.UserName(x.Secret)
	}
	if x.Repository == (bitbucket.Repository{}) || s.rule() {
		x.Repository = f.somewhere(s.remote.User)
	}
	return x
}

// now is the URL as it should be: no secret, and a user name only where it is
// one that Bitbucket knows.
func (s site) now() string {
	user := s.remote.User
	if bitbucket.NamesNobody(user) || bitbucket.LooksLikeMail(user) {
		return s.remote.WithoutUser()
	}
	return s.remote.WithoutSecret()
}

func judgeURLs(f Facts) []Finding {
	var all []Finding
	for _, s := range f.sites() {
		switch {
		case s.secret() != "":
			all = append(all, s.judgeSecret(f))
		case bitbucket.LooksLikeMail(s.remote.User):
			all = append(all, s.judgeMail())
		case s.plain && !f.rewritten(s):
			all = append(all, s.judgePlain())
		}
	}
	return all
}

const checkURL = "url"

func (s site) judgeMail() Finding {
	found := find(checkURL, Attention, s.file, "%s names an e-mail address as the user, in %s. Bitbucket refuses that name from git; none is needed.",
		capital(s.what), shown(s.file)).with(s.byHand())
	if s.tracked {
		return found
	}
	return found.mendedBy(s.fix("take the e-mail address out of "+s.what+", in "+shown(s.file), nil))
}

// rewritten tells that a rule of the person's makes a URL over HTTPS of this one.
func (f Facts) rewritten(s site) bool {
	rules := f.Settings[:len(f.Settings):len(f.Settings)]
	for _, c := range f.Clones {
		if c.Path == s.clone {
			rules = append(rules, c.entries()...)
		}
	}
	url, _ := realgit.InsteadOf(s.text, strings.HasSuffix(s.entry.Key, ".pushurl"), true, rules)
	_, ok := bitbucket.ParseRemote(url)
	return ok
}

func (s site) judgePlain() Finding {
	found := find(checkURL, Attention, s.file, "%s begins with http, in %s: what goes there is not encrypted, and no token goes there. It has to be https.",
		capital(s.what), shown(s.file)).with(s.byHand())
	if s.tracked {
		return found
	}
	fix := s.fix("use https in "+s.what+", in "+shown(s.file), nil)
	fix.edit = inURLs(upToHost(s.text)+"/", upToHost(s.now())+"/")
	return found.mendedBy(fix)
}

func (s site) judgeSecret(f Facts) Finding {
	x := s.suspect(f)
	if x.Secret == "" {
		return Finding{}
	}
	v := f.Verdicts.of(x.User, x.Secret)
	found := find(checkURL, Attention, s.file, "%s holds %s%s It stands in plain text in %s.",
		capital(s.what), kind(x.Secret), verdictSentence(x.Secret, v), shown(s.file)).with(s.byHand())
	what := "take " + kind(x.Secret) + " out of " + s.what + ", in " + shown(s.file)
	switch lifeOf(x.Secret, v) {
	case dead:
		if !s.tracked {
			found.Fix = s.fix(what, nil)
		}
	case alive:
		found.Commands = append([]string{ask}, found.Commands...) // else it would be lost
		if item, ok := f.room(s.account(), x); ok && isToken(x.Secret) && !s.tracked {
			found.Fix = s.fix("keep "+kind(x.Secret)+" in "+cmp.Or(f.Keyring.Place, "the keyring")+", and take it out of "+s.what+", in "+shown(s.file), item)
		}
	}
	return found
}

// account is whose token in a URL is, as the vault counts (see vault.Account).
func (s site) account() string {
	switch {
	case bitbucket.KindOf(s.secret()) == bitbucket.AccessToken:
		return s.remote.Repository.String()
	case bitbucket.NamesNobody(s.remote.User), bitbucket.LooksLikeMail(s.remote.User):
		return ""
	}
	return s.remote.User
}

// room tells whether the keyring can take over a token: there is one, and it has
// none for this account yet, or this very one.
func (f Facts) room(account string, x Suspect) (item *vault.Item, ok bool) {
	if f.Keyring.Trouble != "" {
		return nil, false
	}
	token := secret.New(x.Secret)
	for _, kept := range f.Keyring.Items {
		if kept.Account.Name == account {
			return nil, kept.Token.Equal(token)
		}
	}
	return &vault.Item{
		Account: vault.Account{Name: account}, Username: x.User, Token: token,
		Worked: []string{x.Repository.String()},
	}, true
}

// fix writes the URL anew, and all others in that file that have the same user
// name and secret for the same host.
func (s site) fix(what string, keep *vault.Item) *Fix {
	old := upToHost(s.text)
	fix := &Fix{What: what, File: s.file, id: s.file + "\x00" + old, edit: inURLs(old, upToHost(s.now())), keep: keep}
	fix.secret = s.secret() != "" && !isToken(s.secret())
	if isToken(s.secret()) {
		fix.live, fix.account = s.writtenSecret(), s.account()
	}
	return fix
}

// upToHost is a URL without its path.
func upToHost(url string) string {
	scheme, rest, _ := strings.Cut(url, "://")
	authority, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + authority
}

// writtenSecret is the secret as the URL has it, where "=" may be "%3D".
func (s site) writtenSecret() string {
	login := strings.TrimPrefix(upToHost(s.text), upToHost(s.text)[:strings.Index(s.text, "://")+len("://")])
	login = login[:strings.LastIndex(login, "@")]
	if _, after, ok := strings.Cut(login, ":"); ok && s.remote.Secret != "" {
		return after
	}
	return login
}

// byHand is the command that a person types in place of the fix.
func (s site) byHand() string {
	name, last := realgit.Subsection(s.entry.Key, "remote.")
	switch {
	case s.rule():
		return realgit.Typed("config", "--file", shown(s.file), "--edit")
	case last == "pushurl":
		return realgit.Typed("-C", shown(s.clone), "remote", "set-url", "--push", name, s.now())
	case last == "url" && s.clone != "" && !strings.Contains(s.what, "submodule"):
		return realgit.Typed("-C", shown(s.clone), "remote", "set-url", name, s.now())
	}
	return realgit.Typed("config", "--file", shown(s.file), s.entry.Key, s.now())
}
