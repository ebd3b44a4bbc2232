package doctor

import (
	"context"
	"errors"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/store"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

// Keyring is where tokens are kept, and which.
type Keyring struct {
	Name    string // for a person
	Trouble string // why nothing can be kept or read; "" while it can
	Locked  bool   // it would ask the person to unlock it, and was not asked
	Items   []vault.Item
	Damaged string // what cannot be read, "" for nothing
	FromEnv bool   // BBGIT_TOKEN is set
}

// keyringPatience bounds a look into the keyring, which may be asking the person
// for its password.
const keyringPatience = 30 * time.Second

func examineKeyring(ctx context.Context, v *vault.Vault, name string, fromEnv bool) Keyring {
	k := Keyring{Name: name, FromEnv: fromEnv}
	ctx, cancel := context.WithTimeout(ctx, keyringPatience)
	defer cancel()
	if state, err := store.KeyringState(ctx); err == nil && state == store.Locked {
		k.Items, _ = v.Accounts() // what needs no unlocking
		k.Locked = true
		return k
	}
	items, err := v.List(ctx)
	k.Items = items
	switch {
	case errors.Is(err, store.ErrDamaged):
		k.Damaged = terminal.Plain(err.Error())
	case errors.Is(err, store.ErrLocked):
		k.Trouble, k.Locked = terminal.Plain(err.Error()), true
	case err != nil && !errors.Is(err, vault.ErrNotFound):
		k.Trouble = terminal.Plain(err.Error())
	}
	return k
}

func judgeKeyring(f Facts) []Finding {
	const check = "keyring"
	k := f.Keyring
	switch {
	case k.Locked:
		return []Finding{find(check, Note, "", "%s is locked, and was not asked to open. What it keeps for bbgit was not looked at.", capital(k.Name))}
	case k.Trouble != "":
		return []Finding{find(check, Attention, "", "Tokens cannot be kept here: %s. Each command would ask for one again, or needs BBGIT_TOKEN.", k.Trouble)}
	case k.Damaged != "":
		return []Finding{find(check, Attention, "", "Something in %s cannot be read: %s.", k.Name, k.Damaged).with("bbgit bitbucket logout")}
	}
	return []Finding{find(check, OK, "", "Tokens are kept in %s.", k.Name)}
}

// soon is how long before its end a token is spoken of.
const soon = 14 * 24 * time.Hour

func judgeTokens(f Facts) []Finding {
	var all []Finding
	if f.Keyring.FromEnv {
		all = append(all, find(checkToken, Note, "", "BBGIT_TOKEN is set, and is used in place of what is kept."))
	}
	for _, item := range f.Keyring.Items {
		all = append(all, judgeToken(f, item))
	}
	if len(f.Keyring.Items) == 0 && !f.Keyring.Locked && !f.Keyring.FromEnv {
		all = append(all, f.judgeNone())
	}
	return all
}

const checkToken = "token"

// ask is the command that asks for a new token, and keeps it.
const ask = "bbgit bitbucket login"

func judgeToken(f Facts, item vault.Item) Finding {
	what := "The token" + ownerOf(item) + " (" + item.Token.Masked() + ", kept on " + day(item.Added) + ")"
	if item.Token.IsZero() {
		return find(checkToken, Attention, "", "The token%s cannot be read.", ownerOf(item)).with("bbgit bitbucket logout")
	}
	v := f.Verdicts.of(item.Username, item.Token.Reveal())
	switch life := lifeOf(item.Token.Reveal(), v); {
	case !item.Expires.IsZero() && !f.Now.Before(item.Expires):
		return find(checkToken, Attention, "", "%s has expired on %s.", what, day(item.Expires)).with(ask)
	case life == doubtful:
		return find(checkToken, Attention, "", "%s is refused by Bitbucket at %s: it has expired or was revoked, or its account has no access there.", what, v.Repository).with(ask)
	case v.Answer == bitbucket.ScopeMissing && v.Asked:
		return find(checkToken, Attention, "", "%s may not read: it lacks the scope %s. A token cannot be changed; please make another.", what, bitbucket.ScopeRead).with(ask)
	case life != alive && !item.Refused.IsZero():
		return find(checkToken, Attention, "", "%s was refused by Bitbucket on %s.", what, day(item.Refused)).with(ask)
	case !item.Expires.IsZero() && item.Expires.Sub(f.Now) < soon:
		return find(checkToken, Note, "", "%s expires on %s. Make a new one before, at %s.", what, day(item.Expires), bitbucket.TokenPage).with(ask)
	case f.Now.Sub(item.Added) >= bitbucket.TokenLife && life != alive:
		return find(checkToken, Attention, "", "%s is older than a year, and no token lives longer.", what).with(ask)
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
	for _, k := range append(f.Kept[:len(f.Kept):len(f.Kept)], f.netrc()...) {
		x := k.suspect(f)
		if lifeOf(k.Secret, f.Verdicts.of(x.User, x.Secret)) == alive {
			return find(checkToken, OK, "", "No token is kept by bbgit; the one %s serves.", k.place())
		}
	}
	for _, s := range f.sites() {
		if fix := s.judgeSecret(f).Fix; fix != nil && fix.keep != nil {
			return find(checkToken, Attention, "", "No token is kept, though one stands in %s.", s.what).with(ask).mendedBy(fix)
		}
	}
	for _, c := range f.Clones {
		if len(f.remotes(c)) > 0 {
			return find(checkToken, Attention, "", "No token is kept. bbgit asks for one when Bitbucket wants it, or now:").with(ask)
		}
	}
	return find(checkToken, Note, "", "No token is kept. bbgit asks for one when Bitbucket wants it, or now:").with(ask)
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
