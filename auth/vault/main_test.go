package vault

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"bbgit/auth/secret"
	"bbgit/auth/store"
	"bbgit/shim_test/part"
)

// parts are what processes of their own can do for a test.
var parts = part.Parts{}

func TestMain(m *testing.M) { part.Main(m, parts) }

// throwAway makes a token that was never one.
func throwAway(name string) secret.Secret {
	return secret.New("ATAT-throw-away-" + name + strings.Repeat("x", 160))
}

// memory is a store that forgets with the test, and fails as the test wants.
type memory struct {
	mu     sync.Mutex
	items  map[string]string
	reads  int
	before func(operation string) error
	drop   bool // Set says yes and keeps nothing
}

func (m *memory) begin(operation string) (func(), error) {
	if m.before != nil {
		if err := m.before(operation); err != nil {
			return func() {}, err
		}
	}
	m.mu.Lock()
	if m.items == nil {
		m.items = map[string]string{}
	}
	return m.mu.Unlock, nil
}

func (m *memory) Get(_ context.Context, name string) (string, error) {
	end, err := m.begin("get")
	defer end()
	if err != nil {
		return "", err
	}
	m.reads++
	if text, ok := m.items[name]; ok {
		return text, nil
	}
	return "", ErrNotFound
}

func (m *memory) Set(_ context.Context, name, text string) error {
	end, err := m.begin("set")
	defer end()
	if err == nil && !m.drop {
		m.items[name] = text
	}
	return err
}

func (m *memory) Delete(_ context.Context, name string) error {
	end, err := m.begin("delete")
	defer end()
	if err != nil {
		return err
	}
	if _, ok := m.items[name]; !ok {
		return ErrNotFound
	}
	delete(m.items, name)
	return nil
}

func (m *memory) DeleteAll(context.Context, []string) error {
	end, err := m.begin("delete all")
	defer end()
	if err == nil {
		clear(m.items)
	}
	return err
}

var day = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)

// openMemory is a vault on a memory keyring, with a fixed clock.
func openMemory(t *testing.T) (*Vault, *memory) {
	t.Helper()
	m := &memory{}
	return Open(Options{Dir: t.TempDir() + "/bbgit", Stores: only(m), Now: func() time.Time { return day }}), m
}

// only opens one store, whatever is asked for.
func only(s store.Store) func(string) (store.Store, error) {
	return func(string) (store.Store, error) { return s, nil }
}
