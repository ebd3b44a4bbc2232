package vault

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bbgit/auth/secret"
	"bbgit/auth/store"
	"bbgit/shim_test/need"
	"bbgit/shim_test/part"
	"bbgit/shim_test/stage"
)

func init() {
	parts["story"] = partStory
	parts["get"] = partGet
}

// TestGnomeKeyring does it all with the real thing, in a session of its own.
func TestGnomeKeyring(t *testing.T) {
	t.Parallel()
	need.Programs(t, append(need.Keyring, "secret-tool")...)
	ring, err := stage.OpenKeyring(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer ring.Stop()
	env := ring.Environ()
	dir := filepath.Join(t.TempDir(), "bbgit")
	run := func(words string) error {
		out, err := part.Command(t, words, env...).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	}
	if err := run("story " + dir); err != nil {
		t.Fatal(err)
	}
	manyAtOnce(t, dir, "system", env...)
	for i := range 10 {
		if err := run(fmt.Sprintf("get %s you%d", dir, i)); err != nil {
			t.Error(err)
		}
	}
	lookup := exec.Command("secret-tool", "lookup", "service", store.Service, "username", "you0")
	lookup.Env = env
	if out, err := lookup.Output(); err != nil || !strings.Contains(string(out), `"username":"u"`) {
		t.Errorf("the item is not where a person looks for it: %v", err)
	}
	if err := ring.Lock(); err != nil {
		t.Fatal(err)
	}
	if err := run("get " + dir + " you0"); err == nil || !strings.Contains(err.Error(), store.ErrLocked.Error()) {
		t.Errorf("locked: %v", err)
	}
}

// partStory is the life of some tokens.
func partStory(args []string) error {
	v, ctx := Open(Options{Dir: args[0]}), context.Background()
	if _, err := v.Get(ctx, Account{"you"}); !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("before: %w", err)
	}
	long := secret.New("ATAT" + strings.Repeat("0123456789abcde=", 256)) // 4 KB
	for _, item := range []Item{
		{Account: Account{"you"}, Username: "you", Token: throwAway("you")},
		{Account: Account{""}, Username: "x-bitbucket-api-token-auth", Token: long},
		{Account: Account{"team/app"}, Username: "x-token-auth", Token: throwAway("'\"\\ $`ü"), Worked: []string{"team/app"}},
	} {
		if _, err := v.Save(ctx, item); err != nil {
			return err
		}
		if got, err := v.Get(ctx, item.Account); err != nil || !got.Token.Equal(item.Token) || got.Username != item.Username {
			return fmt.Errorf("%q is not what was saved: %w", item.Account.Name, err)
		}
	}
	if item, err := v.Find(ctx, "", "team/app"); err != nil || item.Account.Name != "team/app" {
		return fmt.Errorf("find: %q %w", item.Account.Name, err)
	}
	if err := v.Forget(ctx, Account{"you"}); err != nil {
		return err
	}
	if items, err := v.List(ctx); err != nil || names(items) != "team/app," {
		return fmt.Errorf("list: %q %w", names(items), err)
	}
	if err := v.ForgetAll(ctx); err != nil {
		return err
	}
	if _, err := v.Get(ctx, Account{""}); !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("after: %w", err)
	}
	return nil
}

func partGet(args []string) error {
	item, err := Open(Options{Dir: args[0]}).Get(context.Background(), Account{args[1]})
	if err == nil && !item.Token.Equal(throwAway(args[1])) {
		return errors.New("another token")
	}
	return err
}

// TestNoSecretService is a session bus on which nothing offers a keyring.
func TestNoSecretService(t *testing.T) {
	t.Parallel()
	need.Programs(t, "dbus-daemon")
	bus, err := stage.OpenBus(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Stop()
	out, err := part.Command(t, "get "+t.TempDir()+" you", bus.Environ()...).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "no keyring: no secret service on the session bus") {
		t.Errorf("%v %s", err, out)
	}
}
