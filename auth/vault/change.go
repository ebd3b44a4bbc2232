package vault

import (
	"context"
	"errors"
	"slices"

	"bbgit/auth/store"
)

// change runs f under the lock, with the index as it is then.
func (v *Vault) change(ctx context.Context, f func(context.Context, index) error) error {
	ctx, end, err := v.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	unlock, err := v.index.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	x, err := v.index.read()
	if err != nil {
		return err
	}
	return f(ctx, x)
}

// item reads one item from the store that the index names. Where the account's entry may have been lost, the store for
// new tokens is the likeliest place.
func (v *Vault) item(ctx context.Context, account Account, x index) (Item, error) {
	if err := account.check(); err != nil {
		return Item{}, err
	}
	name := x.entry(account).store()
	if !x.lists(account) && x.Rebuilt {
		name, _ = v.Chosen(ctx)
	}
	item, err := v.itemIn(ctx, account, name)
	item.Worked, item.Accepted = x.worked(account), x.entry(account).Accepted
	return item, err
}

func (v *Vault) itemIn(ctx context.Context, account Account, name string) (Item, error) {
	nothing := Item{Account: account, Store: name}
	s, err := v.store(name)
	if err != nil {
		return nothing, err
	}
	text, err := s.Get(ctx, key(account))
	if err != nil {
		return nothing, err
	}
	item, err := decode(account, text)
	item.Store = name
	return item, err
}

// put writes one item into its store and reads it back.
func (v *Vault) put(ctx context.Context, item Item) error {
	text, err := encode(item)
	if err != nil {
		return err
	}
	s, err := v.store(item.Store)
	if err != nil {
		return err
	}
	if err := s.Set(ctx, key(item.Account), text); err != nil {
		return err
	}
	kept, err := s.Get(ctx, key(item.Account))
	switch {
	case errors.Is(err, ErrNotFound), err == nil && kept != text:
		return store.In(item.Store, ErrNotSaved)
	}
	return err
}

// place puts an item into its store. The index says so before, where it would not be looked for there anyway: killed
// between the two, whoever changes the account next finds it there. What could not be put there is taken back.
func (v *Vault) place(ctx context.Context, before index, item Item) (index, error) {
	x, news := before.expecting(item.Account, item.Store)
	if !news {
		return x, v.put(ctx, item)
	}
	if err := v.index.write(x); err != nil {
		return x, err
	}
	if err := v.put(ctx, item); err != nil {
		return before, errors.Join(err, v.index.write(before))
	}
	return x, nil
}

// move writes down where the account's token is now, forgets what older stores still have of it, and writes down what
// is left. Killed in between, it is done by whoever changes the account next.
func (v *Vault) move(ctx context.Context, x index, account Account, to string) error {
	listed := x.lists(account)
	x, _ = x.used(account, "")
	x = x.with(account, func(e *entry) { e.movedTo(to, listed) })
	if err := v.index.write(x); err != nil {
		return err
	}
	left := x.entry(account).Left
	still := slices.DeleteFunc(slices.Clone(left), func(name string) bool {
		err := v.delete(ctx, account, name)
		return err == nil || errors.Is(err, ErrNotFound)
	})
	if len(still) == len(left) {
		return nil
	}
	return v.index.write(x.with(account, func(e *entry) { e.Left = still }))
}

// delete removes the account's token from one store.
func (v *Vault) delete(ctx context.Context, account Account, name string) error {
	s, err := v.store(name)
	if err != nil {
		return err
	}
	return s.Delete(ctx, key(account))
}

// note writes the index when the account's use in these repositories changes it.
func (v *Vault) note(account Account, repos ...string) error {
	x, err := v.index.read()
	if err != nil {
		return err
	}
	changed := false
	for _, repo := range repos {
		next, differs := x.accepted(account, repo, v.options.Now())
		x, changed = next, changed || differs
	}
	if !changed {
		return nil
	}
	return v.index.write(x)
}

// strike writes the index without these accounts.
func (v *Vault) strike(x index, accounts ...Account) error {
	without := x
	for _, account := range accounts {
		without = without.without(account)
	}
	if len(without.Accounts) == len(x.Accounts) {
		return nil
	}
	return v.index.write(without)
}

// everywhere are the stores that may hold tokens of ours, with the names that are known there. The keyring, the file
// and pass can be emptied of tokens that are on no list; whether there are any is not known.
func (x index) everywhere(chosen string) map[string][]Account {
	places := map[string][]Account{store.Keyring: nil, store.File: nil, store.Pass: nil, chosen: nil}
	for _, e := range x.Accounts {
		for _, name := range e.places() {
			places[name] = append(places[name], Account{e.Name})
		}
	}
	return places
}
