package vault

import (
	"context"
	"errors"
	"time"
)

// begin bounds a method in time, and lets the caller know when it takes long.
func (v *Vault) begin(ctx context.Context) (context.Context, func(), error) {
	if v.err != nil {
		return nil, nil, v.err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, v.options.Timeout, ErrTimeout)
	notice := time.AfterFunc(waitingDelay, v.options.Waiting)
	return ctx, func() { notice.Stop(); cancel() }, nil
}

// change runs f under the lock, with the index as it is then.
func (v *Vault) change(ctx context.Context, f func(context.Context, index) error) error {
	ctx, done, err := v.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
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

// item reads one item from the keyring.
func (v *Vault) item(ctx context.Context, account Account, x index) (Item, error) {
	if err := account.check(); err != nil {
		return Item{}, err
	}
	text, err := v.keyring.get(ctx, key(account))
	if err != nil {
		return Item{}, err
	}
	item, err := decode(account, text)
	item.Worked = x.worked(account)
	return item, err
}

// put writes one item and reads it back.
func (v *Vault) put(ctx context.Context, item Item) error {
	text, err := encode(item)
	if err != nil {
		return err
	}
	if err := v.keyring.set(ctx, key(item.Account), text); err != nil {
		return err
	}
	kept, err := v.keyring.get(ctx, key(item.Account))
	switch {
	case errors.Is(err, ErrNotFound), err == nil && kept != text:
		return ErrNotSaved
	}
	return err
}

// note writes the index when the account's use in these repositories changes it.
func (v *Vault) note(x index, account Account, repos ...string) error {
	changed := false
	for _, repo := range repos {
		next, differs := x.used(account, repo)
		x, changed = next, changed || differs
	}
	if !changed {
		return nil
	}
	return v.index.write(x)
}

// strike writes the index without the account.
func (v *Vault) strike(x index, account Account) error {
	without := x.without(account)
	if len(without.Accounts) == len(x.Accounts) {
		return nil
	}
	return v.index.write(without)
}
