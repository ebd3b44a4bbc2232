package stage

import (
	"github.com/godbus/dbus/v5"
)

// Hang puts a Secret Service on the bus that never answers anything, like one that has crashed into an endless loop.
func (k *Keyring) Hang() error {
	never := make(chan struct{})
	return k.offer(func(*dbus.Conn) error { return nil }, dbus.WithHandler(silence(never)))
}

// silence is an object handler that does not come back.
type silence chan struct{}

func (s silence) LookupObject(dbus.ObjectPath) (dbus.ServerObject, bool) {
	<-s
	return nil, false
}

// Ask puts a Secret Service on the bus that is locked, and asks somebody who never answers to unlock it.
func (k *Keyring) Ask() error {
	return k.offer(func(bus *dbus.Conn) error {
		for path, interfaces := range map[dbus.ObjectPath][]string{
			secretsPath:    {"org.freedesktop.DBus.Properties", "org.freedesktop.Secret.Service"},
			loginPath:      {"org.freedesktop.DBus.Properties"},
			neverAnswered:  {"org.freedesktop.Secret.Prompt"},
			secretsSession: {"org.freedesktop.Secret.Session"},
			defaultKeyring: {"org.freedesktop.DBus.Properties"},
		} {
			for _, name := range interfaces {
				if err := bus.Export(locked{}, path, name); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

const (
	secretsPath    = dbus.ObjectPath("/org/freedesktop/secrets")
	loginPath      = secretsPath + "/collection/login"
	defaultKeyring = secretsPath + "/aliases/default"
	neverAnswered  = secretsPath + "/prompt/p1"
	secretsSession = secretsPath + "/session/s1"
)

// locked is as much of a Secret Service as is met before it is unlocked
// (https://specifications.freedesktop.org/secret-service).
type locked struct{}

func (locked) Get(_, property string) (dbus.Variant, *dbus.Error) {
	if property == "Collections" {
		return dbus.MakeVariant([]dbus.ObjectPath{loginPath}), nil
	}
	return dbus.MakeVariant(true), nil // Locked
}

func (locked) OpenSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), secretsSession, nil
}

func (locked) Unlock([]dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	return []dbus.ObjectPath{}, neverAnswered, nil
}

func (locked) Prompt(string) *dbus.Error { return nil }

func (locked) Close() *dbus.Error { return nil }

// offer takes the name of the Secret Service for objects of our own.
func (k *Keyring) offer(export func(*dbus.Conn) error, options ...dbus.ConnOption) error {
	bus, err := dbus.Connect("unix:path="+k.socket(), options...)
	if err != nil {
		return err
	}
	k.service = bus
	if err := export(bus); err != nil {
		return err
	}
	_, err = bus.RequestName("org.freedesktop.secrets", dbus.NameFlagDoNotQueue)
	return err
}
