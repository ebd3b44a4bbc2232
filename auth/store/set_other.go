//go:build !darwin

package store

import "github.com/zalando/go-keyring"

func set(name, text string) error { return keyring.Set(Service, name, text) }
