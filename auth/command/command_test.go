package command

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bbgit/auth"
	"bbgit/auth/secret"
	"bbgit/auth/store"
	"bbgit/auth/vault"
)

// memory is a store for one test.
type memory map[string]string

func (m memory) Get(_ context.Context, name string) (string, error) {
	text, ok := m[name]
	if !ok {
		return "", vault.ErrNotFound
	}
	return text, nil
}
func (m memory) Set(_ context.Context, name, text string) error { m[name] = text; return nil }
func (m memory) Delete(_ context.Context, name string) error {
	if _, ok := m[name]; !ok {
		return vault.ErrNotFound
	}
	delete(m, name)
	return nil
}
func (m memory) DeleteAll(context.Context, []string) error { clear(m); return nil }

const tokenText = "ATATT3xFfGF0abcdefghijklmnopqrstuvwxyz=1A2B3C4D"

func newVault(t *testing.T, names ...string) *vault.Vault {
	t.Helper()
	return newVaultIn(t, t.TempDir(), names...)
}

func newVaultIn(t *testing.T, dir string, names ...string) *vault.Vault {
	t.Helper()
	ring := memory{}
	v := vault.Open(vault.Options{Dir: dir, Stores: func(string) (store.Store, error) { return ring, nil }})
	for _, name := range names {
		_, err := v.Save(t.Context(), vault.Item{
			Account: vault.Account{Name: name}, Username: "x-bitbucket-api-token-auth", Token: secret.New(tokenText),
			Added: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// run runs the words behind "bbgit bitbucket".
func run(t *testing.T, v *vault.Vault, words ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	root := newRoot(&program{vault: v, elsewhere: nowhere})
	root.SetArgs(words)
	root.SetOut(&out)
	err := root.ExecuteContext(t.Context())
	if strings.Contains(out.String(), tokenText) {
		t.Error("the token was shown")
	}
	return out.String(), err
}

// nowhere keeps a test away from the tester's own helpers.
func nowhere(context.Context, auth.Tools) []string { return []string{"kept in ~/.git-credentials"} }

func TestStatus(t *testing.T) {
	t.Parallel()
	out, err := run(t, newVault(t, "", "you"), "status")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{": you\n", "(any user name)", "ATAT…3C4D", "2026-11-23", "by 2027-11-23", "your keyring"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestStatusOfNothing(t *testing.T) {
	t.Parallel()
	out, err := run(t, newVault(t), "status")
	if err != errQuiet || !strings.Contains(out, "No token is kept") {
		t.Errorf("%v, %q", err, out)
	}
}

func TestLogout(t *testing.T) {
	t.Parallel()
	v := newVault(t, "", "you", "me")
	if out, err := run(t, v, "logout", "you"); err != nil || !strings.HasPrefix(out, "The token of you is forgotten on this computer.\nAt Bitbucket it is valid") {
		t.Errorf("%v, %q", err, out)
	}
	if _, err := run(t, v, "logout", "you"); err == nil || !strings.Contains(err.Error(), "no token is kept for you") {
		t.Errorf("forgotten twice: %v", err)
	}
	if items, _ := v.List(t.Context()); len(items) != 2 {
		t.Errorf("%d are left", len(items))
	}
	if out, err := run(t, v, "logout"); err != nil || strings.Count(out, "is forgotten") != 2 {
		t.Errorf("%v, %q", err, out)
	}
	if out, err := run(t, v, "logout"); err != nil || !strings.HasPrefix(out, "There was no token to forget.\nA credential for Bitbucket that is not bbgit's is still kept in") {
		t.Errorf("%v, %q", err, out)
	}
}

// Where the list of accounts was damaged, nothing is said not to be there, and everything is forgotten.
func TestDamagedList(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	v := newVaultIn(t, dir, "", "you")
	if err := os.WriteFile(filepath.Join(dir, "accounts.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := run(t, v, "status")
	for _, want := range []string{"was damaged", "(any user name)", "ATAT…3C4D"} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%v, no %q in\n%s", err, want, out)
		}
	}
	if out, err := run(t, v, "logout"); err != nil || !strings.Contains(out, "Whatever bbgit kept is forgotten") {
		t.Errorf("%v, %q", err, out)
	}
	if _, err := v.Get(t.Context(), vault.Account{Name: "you"}); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("one that no list named is left: %v", err)
	}
	if out, err := run(t, v, "status"); err != errQuiet || strings.Contains(out, "damaged") {
		t.Errorf("%v, %q", err, out)
	}
}

func TestMistypedWord(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"logn": "Did you mean login?", "sign-in": "Did you mean login?", "statsu": "Did you mean status?", "xyzzy": "they are alias"} {
		if _, err := run(t, newVault(t), typed); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", typed, err)
		}
	}
}

func TestWordsThatAreNotUnderstood(t *testing.T) {
	t.Parallel()
	for _, words := range [][]string{{"push"}, {"status", "x"}, {"logout", "a", "b"}, {"status", "--token"}} {
		_, err := run(t, newVault(t), words...)
		if _, ok := err.(usageError); !ok {
			t.Errorf("%q: %v", words, err)
		}
	}
}
