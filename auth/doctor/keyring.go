package doctor

import (
	"context"
	"errors"
	"os"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/secret"
	"bbgit/auth/store"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// Keyring is where tokens are kept, and which.
type Keyring struct {
	Place    string // of new tokens, for a person
	Plain    bool   // it keeps them unencrypted
	Trouble  string // why nothing can be kept or read; "" while it can
	Remedy   string // the command against that
	Damaged  bool   // the list of accounts was, so that Items may lack some
	Locked   bool   // the keyring would ask the person to unlock it, and was not asked
	Items    []vault.Item
	Places   map[string]string // what people call the stores of Items
	Variable secret.Secret     // BBGIT_TOKEN
}

// Keeping is what is to be known of stores, in the words of package auth.
type Keeping struct {
	Place   func(store string) string
	Trouble func(error) (why, command string)
}

// keyringPatience bounds a look into a store that is not locked.
const keyringPatience = 30 * time.Second

// examineKeyring looks at the tokens that are kept, unless somebody would be asked
// for a password first: the list of accounts does for a look.
func (x *examination) examineKeyring(ctx context.Context, v *vault.Vault, says Keeping) {
	k := &x.facts.Keyring
	k.Variable = secret.New(os.Getenv(tokenVariable))
	k.Places = make(map[string]string)
	k.Damaged = !v.Whole()
	chosen, err := v.Chosen(ctx)
	k.Place, k.Plain = says.Place(chosen), store.InPlainText(chosen)
	if err == nil {
		k.Items, err = v.Accounts()
	}
	concerned := chosen == store.Keyring
	for _, item := range k.Items {
		k.Places[item.Store] = says.Place(item.Store)
		concerned = concerned || item.Store == store.Keyring
	}
	if err == nil && concerned {
		var state store.State
		if state, err = store.KeyringState(ctx); state == store.Locked {
			k.Locked = true
			return
		}
	}
	if err == nil {
		ctx, cancel := context.WithTimeout(ctx, keyringPatience)
		defer cancel()
		if k.Items, err = v.List(ctx); err == nil || errors.Is(err, vault.ErrNotFound) {
			err = v.Usable(ctx)
		}
	}
	if err != nil && !errors.Is(err, vault.ErrNotFound) {
		why, command := says.Trouble(err)
		k.Trouble, k.Remedy = terminal.Plain(why), terminal.Plain(command)
	}
}

// tokenVariable is auth.TokenVariable, for which this package need not know all of
// that one.
const tokenVariable = "BBGIT_TOKEN"

func judgeKeyring(f Facts) []Finding {
	const check = "keyring"
	k := f.Keyring
	switch {
	case k.Locked:
		return []Finding{find(check, Note, "", "%s is locked, and was not asked to open. The tokens in there were not looked at.", capital(k.Place))}
	case k.Trouble != "":
		found := find(check, Attention, "", "No token can be kept or read: %s.", k.Trouble)
		if k.Remedy != "" {
			found = found.with(k.Remedy)
		}
		return []Finding{found}
	case k.Plain:
		return []Finding{find(check, Note, "", "Tokens are kept in %s, in plain text.", k.Place)}
	}
	return []Finding{find(check, OK, "", "Tokens are kept in %s.", k.Place)}
}

// soon is how long before its end a token is spoken of.
const soon = 14 * 24 * time.Hour

func judgeTokens(f Facts) []Finding {
	var all []Finding
	if f.Keyring.Damaged {
		all = append(all, find(checkToken, Attention, "", "The list of accounts was damaged, so that tokens may be kept that bbgit does not find any more.").with(ask))
	}
	if !f.Keyring.Variable.IsZero() {
		all = append(all, judgeVariable(f))
	}
	for _, item := range f.Keyring.Items {
		all = append(all, judgeToken(f, item))
	}
	if len(f.Keyring.Items) == 0 && !f.Keyring.Locked && f.Keyring.Variable.IsZero() {
		all = append(all, f.judgeNone())
	}
	return all
}

const checkToken = "token"

// judgeVariable is about the token that the environment brings.
func judgeVariable(f Facts) Finding {
	text, paste := bitbucket.ReadPaste(f.Keyring.Variable.Reveal())
	v := f.Verdicts.of(bitbucket.UserName(text), text)
	what := tokenVariable + " is set, and is used in place of what is kept"
	if !paste.Sendable() {
		return find(checkToken, Attention, "", "%s. It holds %s, and is not sent.", what, words.NoToken(paste)).with("unset " + tokenVariable)
	}
	switch life := lifeOf(text, v); life {
	case dead, doubtful:
		return find(checkToken, Attention, "", "%s. It holds %s%s", what, kind(text), verdictSentence(text, v)).with("unset " + tokenVariable)
	case alive:
		return find(checkToken, Note, "", "%s. It works.", what)
	}
	return find(checkToken, Note, "", "%s.", what)
}

// ask is the command that asks for a new token, and keeps it.
const ask = "bbgit bitbucket login"

func judgeToken(f Facts, item vault.Item) Finding {
	what := "The token" + ownerOf(item) + " (" + item.Token.Masked() + ", kept on " + day(item.Added) + ")"
	switch {
	case item.Token.IsZero() && f.Keyring.Locked:
		return find(checkToken, Note, "", "A token%s is kept in %s.", ownerOf(item), f.Keyring.Places[item.Store])
	case item.Token.IsZero():
		return find(checkToken, Attention, "", "The token%s cannot be read from %s.", ownerOf(item), f.Keyring.Places[item.Store]).with(item.Account.Renewal())
	}
	v := f.Verdicts.of(item.Username, item.Token.Reveal())
	switch life := lifeOf(item.Token.Reveal(), v); {
	case !item.Expires.IsZero() && !f.Now.Before(item.Expires):
		return find(checkToken, Attention, "", "%s has expired on %s.", what, day(item.Expires)).with(item.Account.Renewal())
	case life == doubtful:
		return find(checkToken, Attention, "", "%s is refused by Bitbucket at %s: it has expired or was revoked, or its account has no access there.", what, v.Repository).with(item.Account.Renewal())
	case v.Answer == bitbucket.ScopeMissing && v.Asked:
		return find(checkToken, Attention, "", "%s may not read: it lacks the scope %s. A token cannot be changed; please make another.", what, bitbucket.ScopeRead).with(item.Account.Renewal())
	case life != alive && !item.Refused.IsZero():
		return find(checkToken, Attention, "", "%s was refused by Bitbucket on %s.", what, day(item.Refused)).with(item.Account.Renewal())
	case !item.Expires.IsZero() && item.Expires.Sub(f.Now) < soon:
		return find(checkToken, Note, "", "%s expires on %s. Make a new one before, at %s.", what, day(item.Expires), bitbucket.TokenPage).with(item.Account.Renewal())
	case f.Now.Sub(item.Added) >= bitbucket.TokenLife && life != alive:
		return find(checkToken, Attention, "", "%s is older than a year, and no token lives longer.", what).with(item.Account.Renewal())
	case life == alive:
		return find(checkToken, OK, "", "%s works: Bitbucket takes it at %s.", what, v.Repository)
	case v.Asked:
		return find(checkToken, Note, "", "%s could not be checked (%s).", what, trouble(v.Answer))
	}
	return find(checkToken, OK, "", "%s was not checked: no repository is known here to ask about.", what)
}

// judgeNone is about a machine on which no token of ours is kept. That is well
// where Bitbucket is not used, or something else has one that works.
func (f Facts) judgeNone() Finding {
	if k, ok := f.withoutUs(); ok {
		return find(checkToken, OK, "", "bbgit keeps no token; git uses the one %s.", k.place())
	}
	for _, s := range f.sites() {
		if fix := s.judgeSecret(f).Fix; fix != nil && fix.keep != nil {
			return find(checkToken, Attention, "", "No token is kept, though one stands in %s, in %s.", s.what, shown(s.file)).with(ask).mendedBy(fix)
		}
	}
	for _, c := range f.Clones {
		if len(f.remotes(c)) > 0 {
			return find(checkToken, Attention, "", "No token is kept. bbgit asks when it needs one. To give it now:").with(ask)
		}
	}
	return find(checkToken, Note, "", "No token is kept. bbgit asks when it needs one. To give it now:").with(ask)
}

// withoutUs is what a git finds without bbgit, in a helper or in .netrc, and that works.
func (f Facts) withoutUs() (k Kept, ok bool) {
	for _, k := range append(f.Kept[:len(f.Kept):len(f.Kept)], f.netrc()...) {
		x := k.suspect(f)
		if lifeOf(k.Secret, f.Verdicts.of(x.User, x.Secret)) == alive {
			return k, true
		}
	}
	return Kept{}, false
}

func (f Facts) netrc() []Kept {
	if f.Netrc == nil {
		return nil
	}
	return []Kept{*f.Netrc}
}

func ownerOf(item vault.Item) string {
	if item.Account.Name == "" {
		return ""
	}
	return " of " + terminal.Plain(item.Account.Name)
}

func day(t time.Time) string {
	if t.IsZero() {
		return "an unknown day"
	}
	return t.Local().Format(time.DateOnly)
}
