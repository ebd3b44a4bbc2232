// Package store keeps short texts under names, in one of several places: the operating system's keyring, git's cache
// in memory, a file, pass, or any credential helper of git's.
//
//	s, err := store.Open("pass", store.Tools{…})
//	err = s.Set(ctx, "you", text)
//
// Every store keeps the same texts under the same names, and every method ends when its context does. No store ever
// turns to another one: what cannot be kept is an error. Nothing is touched before a method is called.
//
// On Linux the keyring is called with DBUS_SESSION_BUS_ADDRESS set for the time of the call if it was not set before:
// take the environment for child processes once, at the start.
package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"bbgit/auth/realgit"
)

// Service is the name of our items where a store has such a thing. The person reads it in the keyring's own program
// and in its questions.
const Service = "bbgit: bitbucket.org"

// Store is one place where texts are kept. Names and texts are single lines; a text may be some kilobytes long.
type Store interface {
	// Get returns the text under a name, or ErrNotFound.
	Get(ctx context.Context, name string) (string, error)
	// Set puts a text in place of the one that the name had. It is kept only when Get returns it afterwards.
	Set(ctx context.Context, name, text string) error
	// Delete removes a name and its text, or fails with ErrNotFound.
	Delete(ctx context.Context, name string) error
	// DeleteAll removes all that was ever set, as far as the place can tell; names are those that are known.
	DeleteAll(ctx context.Context, names []string) error
}

// A Readier is a store that may lack what it needs to keep anything, though it can say that it has nothing.
type Readier interface {
	// Ready fails, with what is lacking, where Set would.
	Ready(ctx context.Context) error
}

// The names of the stores, as they are in git's configuration. A helper of git's is Helper with its name behind it:
// "helper:libsecret", or whatever else credential.helper takes.
const (
	Keyring = "keyring"
	Cache   = "cache"
	File    = "file"
	Pass    = "pass"
	Helper  = "helper:"
)

// Tools are what stores work with.
type Tools struct {
	Dir string              // bbgit's own folder, for the file
	Git func() *realgit.Git // the real git, for its helpers
}

// Open returns the store of that name; "" is the keyring. ErrUnknown: there is none.
func Open(name string, t Tools) (Store, error) {
	switch {
	case name == "" || name == Keyring:
		return newSystem(), nil
	case name == Cache:
		return helperStore{cacheHelper, t.Git}, nil
	case name == File:
		return fileStore(FilePath(t.Dir)), nil
	case name == Pass:
		return passStore{}, nil
	case strings.HasPrefix(name, Helper) && strings.Trim(name[len(Helper):], " ") != "":
		return helperStore{realgit.KeepingHelper(name[len(Helper):]), t.Git}, nil
	}
	return nil, fmt.Errorf("%w: %.40q; it is one of keyring, cache, file, pass and helper:NAME", ErrUnknown, name)
}

// FilePath is where the file store has its file, for a bbgit with this folder of its own.
func FilePath(dir string) string { return filepath.Join(dir, "tokens.json") }

// InPlainText tells that a store writes what it keeps to the disk unencrypted, as far as its name tells.
func InPlainText(name string) bool {
	helper, ok := strings.CutPrefix(name, Helper)
	return name == File || ok && realgit.KeepingHelper(helper).Name() == "store"
}
