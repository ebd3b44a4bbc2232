//go:build unix

package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"bbgit/auth/store"
	"bbgit/shim_test/part"
)

func init() { parts["move"] = partMove }

// listless is a store of files that cannot tell what is in it, as a helper of git's cannot.
type listless struct{ folder }

func (l listless) DeleteAll(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := l.Delete(ctx, name); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

// listlessName is the store that openTwo opens beside the real file.
const listlessName = store.Helper + "listless"

// fragile is a store in which the whole process is killed at the n-th beginning or end of a call.
type fragile struct {
	store.Store
	n *int
}

func (f fragile) moment() {
	if *f.n--; *f.n == 0 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

func (f fragile) Get(ctx context.Context, name string) (string, error) {
	f.moment()
	defer f.moment()
	return f.Store.Get(ctx, name)
}

func (f fragile) Set(ctx context.Context, name, text string) error {
	f.moment()
	defer f.moment()
	return f.Store.Set(ctx, name, text)
}

func (f fragile) Delete(ctx context.Context, name string) error {
	f.moment()
	defer f.moment()
	return f.Store.Delete(ctx, name)
}

// openTwo is a vault with the real file, and a store that has no list.
func openTwo(dir, ring string, wrap func(store.Store) store.Store) *Vault {
	return Open(Options{Dir: dir, Stores: func(name string) (store.Store, error) {
		switch name {
		case store.File:
			s, err := store.Open(name, store.Tools{Dir: dir})
			return wrap(s), err
		case listlessName:
			return wrap(listless{folder(ring)}), nil
		}
		return &memory{}, nil
	}})
}

// partMove keeps a token, moves it, and moves it back. It is killed at the moment of that number; 0 is a random one,
// chosen by somebody else.
func partMove(args []string) error {
	n, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	v := openTwo(args[0], args[1], func(s store.Store) store.Store { return fragile{s, &n} })
	fmt.Println("begins")
	for i := 0; i < 3 || args[2] == "0"; i++ {
		item := Item{Account: Account{"you"}, Token: throwAway(strconv.Itoa(i)), Store: twoStores[i%2]}
		if _, err := v.Save(context.Background(), item); err != nil {
			return err
		}
	}
	return nil
}

var twoStores = []string{listlessName, store.File}

// TestKilledBetweenStores kills a process that moves a token, at each moment that a store can see, and at some others.
// Afterwards what is listed can be read, and the next change, or forgetting all, leaves nothing behind in any store.
func TestKilledBetweenStores(t *testing.T) {
	t.Parallel()
	dir, ring := filepath.Join(t.TempDir(), "bbgit"), t.TempDir()
	v := openTwo(dir, ring, func(s store.Store) store.Store { return s })
	for n := 1; ; n++ {
		out, err := part.Command(t, fmt.Sprintf("move %s %s %d", dir, ring, n)).CombinedOutput()
		if err == nil {
			break // it came to its end
		}
		if string(out) != "begins\n" {
			t.Fatalf("%v %s", err, out)
		}
		oneIsLeft(t, v, ring, twoStores[n%2])
		noneIsLeft(t, v, ring)
	}
	for i := range 10 {
		killDuring(t, "move "+dir+" "+ring+" 0", time.Duration(i)*time.Millisecond)
		oneIsLeft(t, v, ring, twoStores[i%2])
		noneIsLeft(t, v, ring)
	}
}

// oneIsLeft changes the account: its token is in that store then, and in no other.
func oneIsLeft(t *testing.T, v *Vault, ring, to string) {
	t.Helper()
	for _, item := range mustList(t, v) {
		item.Store = to
		if _, err := v.Save(t.Context(), item); err != nil {
			t.Fatal(err)
		}
		if left := places(t, v, ring); len(left) != 1 || left[0] != to {
			t.Fatalf("after a change: in %v", left)
		}
	}
}

// noneIsLeft forgets all: then there is nothing in any store.
func noneIsLeft(t *testing.T, v *Vault, ring string) {
	t.Helper()
	if err := v.ForgetAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := places(t, v, ring); len(left) != 0 {
		t.Fatalf("all forgotten, but in %v", left)
	}
}

func mustList(t *testing.T, v *Vault) []Item {
	t.Helper()
	items, err := v.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if !strings.HasPrefix(item.Token.Reveal(), "ATAT-throw-away-") {
			t.Fatalf("%q has no token", item.Account.Name)
		}
	}
	return items
}

// places are the stores in which there is a token of the account, whatever the list says.
func places(t *testing.T, v *Vault, ring string) (names []string) {
	t.Helper()
	if exists(folder(ring).path("you")) {
		names = append(names, listlessName)
	}
	if text, err := os.ReadFile(store.FilePath(v.options.Dir)); err == nil && strings.Contains(string(text), `"you"`) {
		names = append(names, store.File)
	}
	return names
}
