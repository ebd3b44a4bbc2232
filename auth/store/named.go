package store

import (
	"context"
	"errors"
)

// Error is what went wrong with a store, and with which.
type Error struct {
	Store string // its name
	Err   error
}

func (e *Error) Error() string { return e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// In says which store an error comes from. That nothing is kept there is no trouble, and stays as it is.
func In(name string, err error) error {
	if err == nil || errors.Is(err, ErrNotFound) {
		return err
	}
	return &Error{name, err}
}

// Named is a store whose errors tell its name.
func Named(name string, s Store) Store { return named{name, s} }

type named struct {
	name string
	s    Store
}

func (n named) Get(ctx context.Context, name string) (string, error) {
	text, err := n.s.Get(ctx, name)
	return text, In(n.name, err)
}

// Ready asks a store that knows more than Get tells.
func (n named) Ready(ctx context.Context) error {
	if r, ok := n.s.(Readier); ok {
		return In(n.name, r.Ready(ctx))
	}
	return nil
}

func (n named) Set(ctx context.Context, name, text string) error {
	return In(n.name, n.s.Set(ctx, name, text))
}

func (n named) Delete(ctx context.Context, name string) error {
	return In(n.name, n.s.Delete(ctx, name))
}

func (n named) DeleteAll(ctx context.Context, names []string) error {
	return In(n.name, n.s.DeleteAll(ctx, names))
}
