package vault

import (
	"errors"

	"bbgit/auth/store"
)

// A GoneError is that a store has no longer what it was given: somebody took it away
// there, or it is git's cache, whose time was over. It is an ErrNotFound.
type GoneError struct{ Store string }

func (e GoneError) Error() string { return "no longer in " + e.Store }
func (e GoneError) Unwrap() error { return ErrNotFound }

// What can go wrong besides what the stores say, to be told apart with errors.Is.
var (
	// ErrNotFound: there is no token for this account or repository.
	ErrNotFound = store.ErrNotFound
	// ErrNotSaved: the store said that it saved the token, and did not.
	ErrNotSaved = errors.New("the token was not there when it was read back")
	// ErrList: the list of accounts cannot be read or written.
	ErrList = errors.New("list of accounts")
	// ErrInvalid: the token, the user name or the account's name has characters that cannot be sent.
	ErrInvalid = errors.New("not valid")
)
