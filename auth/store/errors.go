package store

import "errors"

// What can go wrong, to be told apart with errors.Is. ErrNoKeyring and ErrUnusable come with the reason behind them.
var (
	// ErrNotFound: nothing is kept under this name.
	ErrNotFound = errors.New("no token is kept")
	// ErrNoKeyring: this machine or this session has no keyring that can be used. Trying again does not help.
	ErrNoKeyring = errors.New("no keyring")
	// ErrNoSession: Windows has no credentials for this logon, as over ssh with a key.
	ErrNoSession = errors.New("no credentials can be kept in this logon session")
	// ErrLocked: the keyring is locked, and the person (or nobody) answered its question.
	ErrLocked = errors.New("the keyring stayed locked")
	// ErrSilent: there is a keyring, and it does not answer at all.
	ErrSilent = errors.New("the keyring does not answer")
	// ErrTimeout: the store, or another bbgit that is using it, did not answer in time.
	ErrTimeout = errors.New("the keyring did not answer in time")
	// ErrSkipped: the person did not want to wait for the store.
	ErrSkipped = errors.New("the keyring was passed over")
	// ErrTooBig: the store does not take so long a text (macOS: about 3000 bytes, Windows: 2560 with the rest).
	ErrTooBig = errors.New("the token is too long for this store")
	// ErrUnusable: a store other than the keyring cannot be used.
	ErrUnusable = errors.New("cannot be used")
	// ErrDamaged: what the store holds is not what was put there. It is left as it is.
	ErrDamaged = errors.New("what is kept cannot be read")
	// ErrUnknown: there is no store of this name.
	ErrUnknown = errors.New("there is no such store")
)
