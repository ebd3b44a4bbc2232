package vault

import "errors"

// What can go wrong, to be told apart with errors.Is. ErrNoKeyring comes with the reason behind it.
var (
	// ErrNotFound: there is no token for this account or repository.
	ErrNotFound = errors.New("no token is kept")
	// ErrNoKeyring: this machine or this session has no keyring that can be used. Trying again does not help.
	ErrNoKeyring = errors.New("no keyring")
	// ErrLocked: the keyring is locked, and the person (or nobody) answered its question.
	ErrLocked = errors.New("the keyring stayed locked")
	// ErrTimeout: the keyring, or another bbgit that is using it, did not answer in time.
	ErrTimeout = errors.New("the keyring did not answer in time")
	// ErrTooBig: the keyring does not take so long a token (macOS: about 3000 bytes, Windows: 2560 with the rest).
	ErrTooBig = errors.New("the token is too long for the keyring")
	// ErrNotSaved: the keyring said that it saved the token, and did not.
	ErrNotSaved = errors.New("the keyring did not keep the token")
	// ErrDamaged: the keyring's item is not one that bbgit wrote. It is left as it is.
	ErrDamaged = errors.New("the keyring's item cannot be read")
	// ErrInvalid: the token, the user name or the account's name has characters that cannot be sent.
	ErrInvalid = errors.New("not valid")
)
