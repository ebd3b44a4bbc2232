// Package vault keeps tokens for Bitbucket accounts, each in the store that the person has chosen: the operating
// system's keyring unless they say otherwise.
//
// Each account has one item, in the keyring under the service "bbgit: bitbucket.org", where the person finds and can
// remove it (Seahorse, Keychain Access, Credential Manager). Beside it, a file accounts.json in the user's configuration
// folder lists the accounts, without secrets: where each one's token is kept, and where it worked; see index.
//
//	v := vault.Open(vault.Options{Chosen: …, Waiting: …})
//	item, err := v.Find(ctx, "you", "team/project")
//
// What the chosen store cannot keep is kept nowhere: nothing falls to another store by itself. A store may be asking
// the person to unlock it, so every call takes a context, and gives up after Options.Patience.
//
// Changes are made under one lock file, so that two bbgit at once lose nothing, and in an order in which a process
// that is killed leaves the old state or the new one: the list names every store in which a token may be before one is
// put there, and until it is forgotten there, so that no token is left that nobody knows of.
package vault

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bbgit/auth/store"
)

// Options are for Open.
type Options struct {
	Dir      string                                 // of the index; default: Dir()
	Stores   func(name string) (store.Store, error) // opens a store; default: the keyring alone
	Chosen   func(context.Context) (string, error)  // the store for new tokens; default: the keyring
	Patience func() time.Duration                   // how long a store may take; default: DefaultPatience
	Waiting  Waiting                                // default: waits
	Now      func() time.Time                       // default: time.Now
}

// noteTimeout is how long a finished git may be held up for a note that the next one can take as well. The lock is
// held for so long only by a bbgit whose keyring is asking the person something.
const noteTimeout = time.Second

// Vault is safe for concurrent use, by goroutines and by processes.
type Vault struct {
	options Options
	index   indexFile
	stores  stores
	err     error // why nothing can be kept at all
}

// Dir is bbgit's own folder: "bbgit" in the user's configuration folder.
func Dir() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("no folder for the list of accounts: %w", err)
	}
	return filepath.Join(dir, "bbgit"), nil
}

// Open fills in what options leave open. It touches neither the stores nor the disk.
func Open(options Options) *Vault {
	var err error
	if options.Dir == "" {
		options.Dir, err = Dir()
	}
	if options.Stores == nil {
		options.Stores = func(name string) (store.Store, error) { return store.Open(name, store.Tools{Dir: options.Dir}) }
	}
	if options.Chosen == nil {
		options.Chosen = func(context.Context) (string, error) { return store.Keyring, nil }
	}
	if options.Patience == nil {
		options.Patience = func() time.Duration { return DefaultPatience }
	}
	if options.Waiting == nil {
		options.Waiting = func(context.Context, string, func()) {}
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	return &Vault{options: options, index: indexFile{options.Dir}, err: err}
}

// Get returns the item of exactly this account.
func (v *Vault) Get(ctx context.Context, account Account) (Item, error) {
	ctx, end, err := v.begin(ctx)
	if err != nil {
		return Item{}, err
	}
	defer end()
	x, err := v.index.read()
	if err != nil {
		return Item{}, err
	}
	return v.item(ctx, account, x)
}

// Find returns the item that serves a URL with this user name, "" for none, in repository "ws/repo". With a name it is
// the account of that name, else the one without a name. Without a name it is the account whose token worked in this
// repository, else in this workspace, else the last used one. Access tokens serve repositories where they worked.
//
// At most one item is read from a store, and none while no token is kept: the keyring of a person who has nothing in
// it must not ask to be unlocked at each fetch. A GoneError tells that it is listed, and no longer there. The static user names of Bitbucket are no accounts: pass "".
func (v *Vault) Find(ctx context.Context, user, repo string) (Item, error) {
	ctx, end, err := v.begin(ctx)
	if err != nil {
		return Item{}, err
	}
	defer end()
	x, err := v.index.read()
	if err != nil {
		return Item{}, err
	}
	account, ok := x.find(user, repo)
	switch {
	case !ok && x.Rebuilt: // its entry may have been lost
		account = Account{user}
	case !ok:
		return Item{}, ErrNotFound
	}
	item, err := v.item(ctx, account, x)
	if ok && errors.Is(err, ErrNotFound) {
		err = GoneError{x.entry(account).store()}
	}
	return item, err
}

// AccountFor returns the account that a token is kept for which a person brings by themselves, for a URL with this user
// name ("" for none) in repository "ws/repo". It is the one that Find would choose, so that a new token takes the place
// of the old, unless nothing but its being the last used one speaks for it. No store is opened.
func (v *Vault) AccountFor(user, repo string) Account {
	if v.err != nil {
		return Account{}
	}
	x, err := v.index.read()
	if err != nil {
		return Account{}
	}
	return x.accountFor(user, repo)
}

// Save keeps an item in place of the account's old one, and reads it back: some stores report a success that is none.
// It goes into item.Store, or else into the store that the person has chosen; what another store had is forgotten. A
// zero Added becomes now; the repositories in Worked are added to the account's. The item is returned as it is kept.
func (v *Vault) Save(ctx context.Context, item Item) (Item, error) {
	if err := item.check(); err != nil {
		return item, err
	}
	if item.Added.IsZero() {
		item.Added = v.options.Now()
	}
	err := v.change(ctx, func(ctx context.Context, x index) (err error) {
		if item.Store == "" {
			if item.Store, err = v.Chosen(ctx); err != nil {
				return err
			}
		}
		if x, err = v.place(ctx, x, item); err != nil {
			return err
		}
		if err := v.move(ctx, x, item.Account, item.Store); err != nil {
			return err
		}
		repos := slices.Clone(item.Worked)
		slices.Reverse(repos)
		return v.note(item.Account, repos...)
	})
	return item, err
}

// MarkRefused notes that Bitbucket refused this token. When the account has another token by now, saved by another
// bbgit meanwhile, that one stays as it is.
func (v *Vault) MarkRefused(ctx context.Context, item Item) error {
	return v.mark(ctx, item, v.options.Now())
}

// MarkAccepted takes that back: Bitbucket takes this token after all. What it had refused was something else, such as a
// repository that its account did not see.
func (v *Vault) MarkAccepted(ctx context.Context, item Item) error {
	return v.mark(ctx, item, time.Time{})
}

func (v *Vault) mark(ctx context.Context, item Item, refused time.Time) error {
	return v.change(ctx, func(ctx context.Context, x index) error {
		kept, err := v.item(ctx, item.Account, x)
		if err != nil || !kept.Token.Equal(item.Token) || kept.Refused.IsZero() == refused.IsZero() {
			return err
		}
		kept.Refused = refused
		return v.put(ctx, kept)
	})
}

// NoteWorked remembers that the account's token worked in repository "ws/repo" today. It does not touch any store, and
// writes nothing when that was known.
func (v *Vault) NoteWorked(ctx context.Context, account Account, repo string) error {
	if v.err != nil {
		return v.err
	}
	x, err := v.index.read()
	if err != nil {
		return err
	}
	if _, changed := x.accepted(account, repo, v.options.Now()); !changed {
		return nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, noteTimeout, store.ErrTimeout)
	defer cancel()
	return v.change(ctx, func(context.Context, index) error { return v.note(account, repo) })
}

// Forget removes the account's token, wherever it is. ErrNotFound: there was none.
func (v *Vault) Forget(ctx context.Context, account Account) error {
	return v.change(ctx, func(ctx context.Context, x index) error {
		found := false
		for _, name := range x.entry(account).places() {
			err := v.delete(ctx, account, name)
			if err != nil && !errors.Is(err, ErrNotFound) {
				return err
			}
			found = found || err == nil
		}
		if err := v.strike(x, account); err != nil {
			return err
		}
		if !found {
			return ErrNotFound
		}
		return nil
	})
}

// ForgetAll removes all our tokens from all stores, also those that are on no list. Accounts whose tokens could not be
// removed stay listed, and the error tells why.
func (v *Vault) ForgetAll(ctx context.Context) error {
	return v.change(ctx, func(ctx context.Context, x index) (failed error) {
		chosen, _ := v.Chosen(ctx)
		stay := make(map[Account]bool)
		places := x.everywhere(chosen)
		for _, name := range slices.Sorted(maps.Keys(places)) {
			listed := places[name]
			err := v.empty(ctx, name, listed)
			if err == nil || len(listed) == 0 && x.notOurs(err) {
				continue
			}
			failed = errors.Join(failed, err)
			for _, account := range listed {
				stay[account] = true
			}
		}
		var gone []Account
		for _, e := range x.Accounts {
			if a := (Account{e.Name}); !stay[a] {
				gone = append(gone, a)
			}
		}
		if failed == nil && x.Rebuilt {
			return v.index.write(index{})
		}
		return errors.Join(failed, v.strike(x, gone...))
	})
}

// notOurs tells that a store which failed, and in which nothing is listed, need not worry anybody: it is not here, or
// the list is whole and names other stores.
func (x index) notOurs(err error) bool {
	for _, absent := range []error{store.ErrNoKeyring, store.ErrNoSession, store.ErrUnknown} {
		if errors.Is(err, absent) {
			return true
		}
	}
	return !x.Rebuilt && len(x.Accounts) > 0
}

// empty removes all our tokens from one store.
func (v *Vault) empty(ctx context.Context, name string, accounts []Account) error {
	s, err := v.store(name)
	if err != nil {
		return err
	}
	var keys []string
	for _, account := range accounts {
		keys = append(keys, key(account))
	}
	err = s.DeleteAll(ctx, keys)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// List returns what is kept, the last used first. An item that cannot be read is returned without its token, and the
// error tells why it is so for the first of them. It may lack some where the list of accounts is not Whole.
func (v *Vault) List(ctx context.Context) ([]Item, error) {
	ctx, end, err := v.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	x, err := v.index.read()
	if err != nil {
		return nil, err
	}
	var items []Item
	var unread error
	for _, a := range x.accounts() {
		item, err := v.item(ctx, a, x)
		if errors.Is(err, ErrNotFound) { // removed by hand
			continue
		}
		if err != nil && unread == nil {
			unread = err
		}
		items = append(items, item)
	}
	return items, unread
}

// Whole is false where the list of accounts was damaged: tokens may be kept that no list names. ForgetAll reaches those
// all the same, and Find where a URL names the account.
func (v *Vault) Whole() bool {
	if v.err != nil {
		return true
	}
	x, err := v.index.read()
	return err != nil || !x.Rebuilt
}

// Accounts returns what is known of the accounts without opening any store: their tokens and dates are left out.
func (v *Vault) Accounts() ([]Item, error) {
	if v.err != nil {
		return nil, v.err
	}
	x, err := v.index.read()
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, e := range x.Accounts {
		items = append(items, Item{Account: Account{e.Name}, Store: e.store(), Worked: slices.Clone(e.Worked), Accepted: e.Accepted})
	}
	return items, nil
}

// RemindToday tells whether the person is to be told today that the account's token will expire, and remembers that
// they were: once a day is enough.
func (v *Vault) RemindToday(ctx context.Context, account Account) (due bool) {
	ctx, cancel := context.WithTimeoutCause(ctx, noteTimeout, store.ErrTimeout)
	defer cancel()
	err := v.change(ctx, func(_ context.Context, x index) error {
		now := v.options.Now()
		if !x.lists(account) || now.Sub(x.entry(account).Reminded) < 24*time.Hour {
			return nil
		}
		due = true
		return v.index.write(x.with(account, func(e *entry) { e.Reminded = now.UTC().Truncate(time.Second) }))
	})
	return due && err == nil
}
