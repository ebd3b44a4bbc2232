// Package vault keeps tokens for Bitbucket accounts in the operating system's keyring.
//
// Each account has one item under the service "bbgit: bitbucket.org", where the person finds and can remove it
// (Seahorse, Keychain Access, Credential Manager). Beside it, a file accounts.json in the user's configuration folder
// lists the accounts and the repositories where each one's token worked, without secrets; see index.
//
//	v := vault.Open(vault.Options{Waiting: func() { … }})
//	item, err := v.Find(ctx, "you", "team/project")
//
// Without a keyring everything fails with ErrNoKeyring and the reason; nothing is ever kept anywhere else. The
// keyring may be asking the person to unlock it, so every call takes a context, and gives up after Options.Timeout.
//
// Changes are made under one lock file, so that two bbgit at once lose nothing, and in an order in which a process
// that is killed leaves the old state or the new one: a token is saved before it is listed, so that what is listed
// exists, and forgotten before it is struck off the list, so that no token is left that nobody knows of.
//
// On Linux the keyring is called with DBUS_SESSION_BUS_ADDRESS set for the time of the call if it was not set before:
// take the environment for child processes once, at the start.
package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Service is the name of our items in the keyring. The person reads it there and in the keyring's questions.
const Service = "bbgit: bitbucket.org"

// Options are for Open. The zero value is what a program uses.
type Options struct {
	Dir     string           // of the index; default: bbgit in the user's configuration folder
	Keyring Keyring          // default: the operating system's
	Timeout time.Duration    // of each method; default: a minute
	Waiting func()           // called once, from a goroutine, in a method that has to wait; default: nothing
	Now     func() time.Time // default: time.Now
}

// A person needs some seconds to find the window and to type the password. A minute later nobody is there.
const usualTimeout = time.Minute

// waitingDelay is how long a silent keyring is normal: gnome-keyring answers in 10 ms, after a cold start in 500 ms.
const waitingDelay = 2 * time.Second

// noteTimeout is how long a finished git may be held up for a note that the next one can take as well. The lock is
// held for so long only by a bbgit whose keyring is asking the person something.
const noteTimeout = time.Second

// Vault is safe for concurrent use, by goroutines and by processes.
type Vault struct {
	options Options
	index   indexFile
	keyring *patient
	err     error // why nothing can be kept at all
}

// Open fills in what options leave open. It touches neither the keyring nor the disk.
func Open(options Options) *Vault {
	var err error
	if options.Dir == "" {
		if options.Dir, err = os.UserConfigDir(); err != nil {
			err = fmt.Errorf("%w: no folder for the list of accounts: %w", ErrNoKeyring, err)
		}
		options.Dir = filepath.Join(options.Dir, "bbgit")
	}
	if options.Keyring == nil {
		options.Keyring = systemKeyring{}
	}
	if options.Timeout == 0 {
		options.Timeout = usualTimeout
	}
	if options.Waiting == nil {
		options.Waiting = func() {}
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	return &Vault{options, indexFile{options.Dir}, newPatient(options.Keyring), err}
}

// Get returns the item of exactly this account.
func (v *Vault) Get(ctx context.Context, account Account) (Item, error) {
	ctx, done, err := v.begin(ctx)
	if err != nil {
		return Item{}, err
	}
	defer done()
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
// At most one item is read from the keyring, and none while no token is kept: the keyring of a person who has nothing
// in it must not ask to be unlocked at each fetch. The static user names of Bitbucket are no accounts: pass "".
func (v *Vault) Find(ctx context.Context, user, repo string) (Item, error) {
	ctx, done, err := v.begin(ctx)
	if err != nil {
		return Item{}, err
	}
	defer done()
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
	return v.item(ctx, account, x)
}

// Save keeps an item in place of the account's old one, and reads it back: some keyrings report a success that is none.
// A zero Added becomes now; the repositories in Worked are added to the account's.
func (v *Vault) Save(ctx context.Context, item Item) error {
	if err := item.check(); err != nil {
		return err
	}
	if item.Added.IsZero() {
		item.Added = v.options.Now()
	}
	return v.change(ctx, func(ctx context.Context, x index) error {
		if err := v.put(ctx, item); err != nil {
			return err
		}
		repos := append(slices.Clone(item.Worked), "") // "": a token that worked nowhere yet is listed as well
		slices.Reverse(repos)
		return v.note(x, item.Account, repos...)
	})
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

// NoteWorked remembers that the account's token worked in repository "ws/repo". It does not touch the keyring, and
// writes nothing when that was known.
func (v *Vault) NoteWorked(ctx context.Context, account Account, repo string) error {
	if v.err != nil {
		return v.err
	}
	x, err := v.index.read()
	if err != nil {
		return err
	}
	if _, changed := x.used(account, repo); !changed {
		return nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, noteTimeout, ErrTimeout)
	defer cancel()
	return v.change(ctx, func(_ context.Context, x index) error { return v.note(x, account, repo) })
}

// Forget removes the account's token. ErrNotFound: there was none.
func (v *Vault) Forget(ctx context.Context, account Account) error {
	return v.change(ctx, func(ctx context.Context, x index) error {
		err := v.keyring.delete(ctx, key(account))
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if writeErr := v.strike(x, account); writeErr != nil {
			return writeErr
		}
		return err
	})
}

// ForgetAll removes all our tokens, also those that are on no list.
func (v *Vault) ForgetAll(ctx context.Context) error {
	return v.change(ctx, func(ctx context.Context, x index) error {
		if err := v.keyring.deleteAll(ctx); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if len(x.Accounts) == 0 && !x.Rebuilt {
			return nil
		}
		return v.index.write(index{})
	})
}

// List returns what is kept, the last used first. An item that cannot be read is returned with its account alone,
// and is named in the error.
func (v *Vault) List(ctx context.Context) ([]Item, error) {
	ctx, done, err := v.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	x, err := v.index.read()
	if err != nil {
		return nil, err
	}
	var items []Item
	var damaged error
	for _, e := range x.Accounts {
		item, err := v.item(ctx, Account{e.Name}, x)
		switch {
		case errors.Is(err, ErrNotFound): // removed in the keyring by hand
			continue
		case errors.Is(err, ErrDamaged):
			damaged = errors.Join(damaged, err)
		case err != nil:
			return items, err
		}
		items = append(items, item)
	}
	return items, damaged
}
