package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"bbgit/auth/store"
	"bbgit/shim_test/part"
)

func init() {
	parts["save"] = partSave
	parts["toggle"] = partToggle
}

// folder is a store of files that several processes can share and that survives them.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), fmt.Sprintf("%x", name)) }

func (f folder) Get(_ context.Context, name string) (string, error) {
	text, err := os.ReadFile(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrNotFound
	}
	return string(text), err
}

func (f folder) Set(_ context.Context, name, text string) error {
	temporary := f.path(name) + strconv.Itoa(os.Getpid())
	if err := os.WriteFile(temporary, []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(temporary, f.path(name))
}

func (f folder) Delete(_ context.Context, name string) error {
	err := os.Remove(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	return err
}

func (f folder) DeleteAll(context.Context, []string) error { return os.RemoveAll(string(f)) }

// openShared is a vault on a folder keyring, on the real one when ring is "system", or on the file store.
func openShared(dir, ring string) *Vault {
	options := Options{Dir: dir}
	switch ring {
	case "system":
	case store.File:
		options.Chosen = func(context.Context) (string, error) { return store.File, nil }
		options.Stores = func(name string) (store.Store, error) {
			if name != store.File {
				return &memory{}, nil // a keyring with nothing in it
			}
			return store.Open(name, store.Tools{Dir: dir})
		}
	default:
		options.Stores = only(folder(ring))
	}
	return Open(options)
}

// partSave saves its own account, notes repositories for one that all share, and forgets another of its own.
func partSave(args []string) error {
	v, me, ctx := openShared(args[0], args[1]), args[2], context.Background()
	for _, name := range []string{"you" + me, "gone" + me} {
		if _, err := v.Save(ctx, Item{Account: Account{name}, Username: "u", Token: throwAway(name)}); err != nil {
			return err
		}
	}
	for i := range 5 {
		// A note gives up soon when the lock is busy, as it does for a finished git; here each one counts.
		repo := fmt.Sprintf("team/%s-%d", me, i)
		for errors.Is(v.NoteWorked(ctx, Account{"shared"}, repo), store.ErrTimeout) {
		}
	}
	return v.Forget(ctx, Account{"gone" + me})
}

// manyAtOnce starts ten processes that save, and checks that nothing of any of them got lost.
func manyAtOnce(t *testing.T, dir, ring string, env ...string) {
	t.Helper()
	const processes = 10
	v := openShared(dir, ring)
	var group sync.WaitGroup
	for i := range processes {
		group.Go(func() {
			if out, err := part.Command(t, fmt.Sprintf("save %s %s %d", dir, ring, i), env...).CombinedOutput(); err != nil {
				t.Errorf("process %d: %v %s", i, err, out)
			}
		})
	}
	group.Wait()
	x, err := v.index.read()
	if err != nil || len(x.Accounts) != processes+1 || len(x.worked(Account{"shared"})) != 5*processes {
		t.Fatalf("%d accounts, %d repositories, %v", len(x.Accounts), len(x.worked(Account{"shared"})), err)
	}
	if ring == "system" {
		return // this process is not in that session
	}
	items, err := v.List(t.Context())
	if err != nil || len(items) != processes {
		t.Errorf("%d items, %v", len(items), err)
	}
}

func TestManyProcesses(t *testing.T) {
	t.Parallel()
	for _, ring := range []string{t.TempDir(), store.File} {
		manyAtOnce(t, filepath.Join(t.TempDir(), "bbgit"), ring)
	}
}

// partToggle saves and forgets for ever. It says when it begins.
func partToggle(args []string) error {
	v, ctx := openShared(args[0], args[1]), context.Background()
	fmt.Println("begins")
	for i := 0; ; i++ {
		token := throwAway(strconv.Itoa(i))
		if _, err := v.Save(ctx, Item{Account: Account{"you"}, Token: token, Worked: []string{fmt.Sprintf("team/%d", i)}}); err != nil {
			return err
		}
		if err := v.Forget(ctx, Account{"you"}); err != nil {
			return err
		}
	}
}

// TestKilled kills a process that saves and forgets, at many moments. Afterwards the list is whole, the lock is free,
// and the account has a token or has none; nothing is damaged.
func TestKilled(t *testing.T) {
	t.Parallel()
	for _, ring := range []string{t.TempDir(), store.File} {
		killedOn(t, ring)
	}
}

func killedOn(t *testing.T, ring string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bbgit")
	v := openShared(dir, ring)
	keep := Item{Account: Account{"other"}, Token: throwAway("other")}
	if _, err := v.Save(t.Context(), keep); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		killDuring(t, "toggle "+dir+" "+ring, time.Duration(i)*time.Millisecond/2)
		x, err := v.index.read()
		if err != nil || x.Rebuilt {
			t.Fatalf("after %d: %+v %v", i, x, err)
		}
		if _, err := v.Get(t.Context(), Account{"you"}); err != nil && !errors.Is(err, ErrNotFound) {
			t.Fatalf("after %d: %v", i, err)
		}
		if item, err := v.Find(t.Context(), "other", "x/y"); err != nil || !item.Token.Equal(keep.Token) {
			t.Fatalf("after %d, the other account: %v", i, err)
		}
	}
	if _, err := v.Save(t.Context(), Item{Account: Account{"you"}, Token: throwAway("last")}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(v.index.path() + ".damaged"); err == nil {
		t.Error("a damaged list was kept aside")
	}
}

// killDuring kills a part of this name some time after it has said that it begins.
func killDuring(t *testing.T, words string, after time.Duration) {
	t.Helper()
	cmd := part.Command(t, words)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 10)); err != nil {
		t.Error(err)
	}
	time.Sleep(after) // any moment will do
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}
