package vault

import (
	"context"
	"errors"
	"slices"
	"sync"

	"bbgit/auth/store"
)

// stores are those that have been opened, each once: the keyring knows what it has been asked before.
type stores struct {
	mu      sync.Mutex
	opened  map[string]store.Store
	over    map[string]error                     // those that were passed over, and why: nobody waits for them twice
	waiting map[string][]context.CancelCauseFunc // ends the waiting for each of them
	last    string                               // the one that was used last
}

// store opens a store; "" is the keyring.
func (v *Vault) store(name string) (store.Store, error) {
	if name == "" {
		name = store.Keyring
	}
	s := &v.stores
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = name
	if why := s.over[name]; why != nil {
		return nil, store.In(name, why)
	}
	if open, ok := s.opened[name]; ok {
		return open, nil
	}
	open, err := v.options.Stores(name)
	if err != nil {
		return nil, store.In(name, err)
	}
	if s.opened == nil {
		s.opened = make(map[string]store.Store)
	}
	s.opened[name] = store.Named(name, open)
	return s.opened[name], nil
}

func (v *Vault) inUse() string {
	v.stores.mu.Lock()
	defer v.stores.mu.Unlock()
	return v.stores.last
}

// waitFor has cancel called when a store is passed over, or is already. It may be called when nobody waits any more,
// which does nothing.
func (s *stores) waitFor(name string, cancel context.CancelCauseFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if why := s.over[name]; why != nil {
		cancel(why)
		return
	}
	if s.waiting == nil {
		s.waiting = make(map[string][]context.CancelCauseFunc)
	}
	s.waiting[name] = append(s.waiting[name], cancel)
}

// passOver ends all waiting for a store.
func (s *stores) passOver(name string, why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over == nil {
		s.over = make(map[string]error)
	}
	s.over[name] = why
	for _, cancel := range s.waiting[name] {
		cancel(why)
	}
	delete(s.waiting, name)
}

// Chosen is the name of the store for new tokens.
func (v *Vault) Chosen(ctx context.Context) (string, error) {
	name, err := v.options.Chosen(ctx)
	if name == "" {
		name = store.Keyring
	}
	return name, err
}

// Usable tells why the store for new tokens cannot keep any, as far as that is known without opening it.
func (v *Vault) Usable(ctx context.Context) error {
	_, err := v.usable(ctx)
	return err
}

func (v *Vault) usable(ctx context.Context) (store.Store, error) {
	name, err := v.Chosen(ctx)
	if err != nil {
		return nil, err
	}
	s, err := v.store(name)
	if err != nil {
		return nil, err
	}
	if r, ok := s.(store.Readier); ok {
		err = r.Ready(ctx)
	}
	return s, err
}

// Ready tells whether the store for new tokens can be used. A locked one is unlocked for that: the person should be
// asked for the keyring's password before they make a token, and not behind that.
func (v *Vault) Ready(ctx context.Context) error {
	ctx, end, err := v.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	s, err := v.usable(ctx)
	if err != nil {
		return err
	}
	if _, err := s.Get(ctx, unnamed); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return nil
}

// places are the stores in which a token of the account may be, the right one first.
func (e entry) places() []string {
	list := []string{e.store()}
	for _, name := range e.Left {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

func (e entry) store() string {
	if e.Store == "" {
		return store.Keyring
	}
	return e.Store
}

// movedTo is the entry when its token is kept in another store, and not yet forgotten in this one.
func (e *entry) movedTo(name string, listed bool) {
	if before := e.store(); listed && before != name && !slices.Contains(e.Left, before) {
		e.Left = append(slices.Clone(e.Left), before)
	}
	e.Store = name
	if name == store.Keyring {
		e.Store = ""
	}
	e.Left = slices.DeleteFunc(slices.Clone(e.Left), func(left string) bool { return left == name })
}
