//go:build unix && !darwin

package store

import (
	"context"
	"errors"

	"github.com/godbus/dbus/v5"
)

// secrets is the well-known name of the Secret Service, and the beginning of its paths
// (https://specifications.freedesktop.org/secret-service).
const (
	secrets    = "org.freedesktop.secrets"
	collection = "org.freedesktop.Secret.Collection"
)

// collections are where go-keyring keeps items: the login keyring, or the default one where there is none of that name.
var collections = []dbus.ObjectPath{"/org/freedesktop/secrets/collection/login", "/org/freedesktop/secrets/aliases/default"}

// peek asks the Secret Service whether the keyring is locked, over the connection that go-keyring uses afterwards. It
// is told what go-keyring would not say: whether the service answers at all before the person is asked.
func peek(ctx context.Context) (State, error) {
	bus, err := dbus.SessionBus()
	if err != nil {
		return Unclear, explain(err)
	}
	for _, path := range collections {
		var locked dbus.Variant
		err = bus.Object(secrets, path).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, collection, "Locked").Store(&locked)
		if value, ok := locked.Value().(bool); err == nil && ok {
			return map[bool]State{true: Locked, false: Unlocked}[value], nil
		}
		if !isAnswer(err) {
			break
		}
	}
	switch {
	case ctx.Err() != nil:
		return Unclear, context.Cause(ctx)
	case isAnswer(err):
		return Unclear, nil // no keyring yet; the service makes one when something is kept
	}
	return Unclear, explain(err)
}

// isAnswer tells that an error is the service's own, and not the bus's word that there is no service.
func isAnswer(err error) bool {
	var said dbus.Error
	if !errors.As(err, &said) {
		return err == nil
	}
	switch said.Name {
	case "org.freedesktop.DBus.Error.UnknownObject", "org.freedesktop.DBus.Error.UnknownMethod",
		"org.freedesktop.DBus.Error.UnknownInterface", "org.freedesktop.DBus.Error.UnknownProperty",
		"org.freedesktop.DBus.Error.InvalidArgs", "org.freedesktop.Secret.Error.NoSuchObject":
		return true
	}
	return false
}
