package vault

import (
	"slices"
	"strings"
	"time"
)

// index says which accounts have a token, where it is kept and where it worked. It holds no secrets: it exists because keyrings cannot
// be asked for a list in a way that works everywhere. Fields that a newer bbgit may add are dropped when an older one
// writes; what cannot be learned again belongs into the item.
//
// Its methods are pure: they return a new index and leave the old one alone.
type index struct {
	// Rebuilt is set when a damaged file was replaced: tokens may be in the keyring that are missing here.
	Rebuilt  bool    `json:"rebuilt,omitempty"`
	Accounts []entry `json:"accounts"` // the last used first
}

type entry struct {
	Name     string    `json:"name"`
	Worked   []string  `json:"worked,omitempty"`  // the last used first
	Store    string    `json:"store,omitempty"`   // where the token is kept; "" is the keyring
	Left     []string  `json:"left,omitempty"`    // stores in which an older token of the account may still be
	Accepted time.Time `json:"accepted,omitzero"` // when Bitbucket last took the token, to the day
	Reminded time.Time `json:"reminded,omitzero"` // when the person was last told that it will expire
}

// mostRepositories bounds the list of one account, and with it the file: 100 lines are some 5 KB. Whoever has more
// repositories has one workspace or one account, and needs no list.
const mostRepositories = 100

// find returns the account that serves a URL with this user name ("" for none) in repository "ws/repo". The rules are
// tried in order; within one, the last used account wins. "The only account" is a case of the last rule.
func (x index) find(user, repo string) (Account, bool) {
	repo = fold(repo)
	rules := []func(entry) bool{
		func(e entry) bool { return slices.Contains(e.Worked, repo) },
		func(e entry) bool { return !e.isAccessToken() && e.workedInWorkspace(repo) },
		func(e entry) bool { return !e.isAccessToken() },
	}
	if user != "" {
		rules = []func(entry) bool{
			func(e entry) bool { return e.Name == user && !e.isAccessToken() },
			func(e entry) bool { return e.isAccessToken() && slices.Contains(e.Worked, repo) },
			func(e entry) bool { return e.Name == "" },
		}
	}
	for _, serves := range rules {
		if i := slices.IndexFunc(x.Accounts, serves); i >= 0 {
			return Account{x.Accounts[i].Name}, true
		}
	}
	return Account{}, false
}

// accountFor is find for a new token: another person's token must not be lost to it. A token that replaces none serves
// every user name, unless there is one already that does.
func (x index) accountFor(user, repo string) Account {
	a, found := x.find(user, repo)
	e := x.entry(a)
	worked := slices.Contains(e.Worked, fold(repo)) || e.workedInWorkspace(fold(repo))
	switch everybody := (Account{}); {
	case found && !a.isAccessToken() && (worked || a.Name == user):
		return a
	case x.lists(everybody):
		return Account{user}
	default:
		return everybody
	}
}

// used moves the account to the front, with the repository where it worked ("" for none), and reports whether that
// changed anything worth a write. The order of repositories only decides which is dropped first, so one in the front
// half of the list stays where it is: else every step from one clone to the next would write.
func (x index) used(a Account, repo string) (index, bool) {
	repo = fold(repo)
	i := slices.IndexFunc(x.Accounts, a.is)
	if i == 0 {
		place := slices.Index(x.Accounts[0].Worked, repo)
		if repo == "" || place >= 0 && place < mostRepositories/2 {
			return x, false
		}
	}
	e := x.entry(a)
	if repo != "" {
		e.Worked = toFront(e.Worked, repo)
	}
	x.Accounts = append([]entry{e}, x.without(a).Accounts...)
	return x, true
}

// accepted is used, with the day on which Bitbucket took the token.
func (x index) accepted(a Account, repo string, now time.Time) (index, bool) {
	x, changed := x.used(a, repo)
	today := now.UTC().Truncate(24 * time.Hour)
	if x.entry(a).Accepted.Equal(today) {
		return x, changed
	}
	return x.with(a, func(e *entry) { e.Accepted = today }), true
}

// expecting is the index when a token of the account may soon be in a store, and reports whether that is news. An account
// that was not listed comes last: while nothing is there yet, it is not to be found before others.
func (x index) expecting(a Account, name string) (_ index, changed bool) {
	switch {
	case slices.Contains(x.entry(a).places(), name):
		return x, false
	case x.lists(a):
		return x.with(a, func(e *entry) { e.Left = append(slices.Clone(e.Left), name) }), true
	}
	x.Accounts = append(slices.Clone(x.Accounts), entry{Name: a.Name, Store: name})
	return x, true
}

// with is the index with another entry for an account that is listed.
func (x index) with(a Account, change func(*entry)) index {
	x.Accounts = slices.Clone(x.Accounts)
	if i := slices.IndexFunc(x.Accounts, a.is); i >= 0 {
		change(&x.Accounts[i])
	}
	return x
}

// entry is the account's, or an empty one.
func (x index) entry(a Account) entry {
	if i := slices.IndexFunc(x.Accounts, a.is); i >= 0 {
		return x.Accounts[i]
	}
	return entry{Name: a.Name}
}

// accounts are those that may have a token. In a damaged list the one for any user name may have lost its entry.
func (x index) accounts() []Account {
	var all []Account
	for _, e := range x.Accounts {
		all = append(all, Account{e.Name})
	}
	if x.Rebuilt && !x.lists(Account{}) {
		all = append(all, Account{})
	}
	return all
}

func (x index) lists(a Account) bool { return slices.ContainsFunc(x.Accounts, a.is) }

func (x index) without(a Account) index {
	x.Accounts = slices.DeleteFunc(slices.Clone(x.Accounts), a.is)
	return x
}

func (x index) worked(a Account) []string { return slices.Clone(x.entry(a).Worked) }

func (a Account) is(e entry) bool { return e.Name == a.Name }

func (e entry) isAccessToken() bool { return Account{e.Name}.isAccessToken() }

func (e entry) workedInWorkspace(repo string) bool {
	workspace, _, ok := strings.Cut(repo, "/")
	return ok && slices.ContainsFunc(e.Worked, func(r string) bool { return strings.HasPrefix(r, workspace+"/") })
}

func toFront(list []string, text string) []string {
	front := []string{text}
	for _, other := range list {
		if other != text && len(front) < mostRepositories {
			front = append(front, other)
		}
	}
	return front
}

// fold makes two spellings of a repository one; Bitbucket does not tell capitals from small letters in URLs.
func fold(repo string) string {
	return strings.TrimSuffix(strings.ToLower(strings.Trim(repo, "/")), ".git")
}
