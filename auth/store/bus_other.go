//go:build !unix || darwin

package store

// onBus: these systems have no session bus.
func onBus(call func() error) error { return call() }

// SessionBus tells whether there is a session bus, the place where a keyring of Linux answers.
func SessionBus() bool { return false }
