package vault

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"bbgit/auth/secret"
	"bbgit/auth/store"
)

func TestSaveGetForget(t *testing.T) {
	t.Parallel()
	v, m := openMemory(t)
	you := Account{"you"}
	if _, err := v.Get(t.Context(), you); !errors.Is(err, ErrNotFound) {
		t.Fatalf("before: %v", err)
	}
	item := Item{Account: you, Username: "you", Token: throwAway("1"), Worked: []string{"team/app", "team/lib"}}
	if _, err := v.Save(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	got, err := v.Get(t.Context(), you)
	if err != nil || !got.Token.Equal(item.Token) || !got.Added.Equal(day) || fmt.Sprint(got.Worked) != "[team/app team/lib]" {
		t.Errorf("got %+v %v", got, err)
	}
	if err := v.Forget(t.Context(), you); err != nil {
		t.Error(err)
	}
	if err := v.Forget(t.Context(), you); !errors.Is(err, ErrNotFound) {
		t.Errorf("forgetting twice: %v", err)
	}
	if items, err := v.List(t.Context()); len(items) != 0 || err != nil || len(m.items) != 0 {
		t.Errorf("left: %v %v %d", items, err, len(m.items))
	}
}

func TestFindReadsOneItem(t *testing.T) {
	t.Parallel()
	v, m := openMemory(t)
	if _, err := v.Find(t.Context(), "you", "team/app"); !errors.Is(err, ErrNotFound) || m.reads != 0 {
		t.Fatalf("empty: %v after %d reads", err, m.reads)
	}
	for _, name := range []string{"you", "me", ""} {
		save(t, v, name)
	}
	if err := v.NoteWorked(t.Context(), Account{"you"}, "team/app"); err != nil {
		t.Fatal(err)
	}
	m.reads = 0
	item, err := v.Find(t.Context(), "", "team/other")
	if err != nil || item.Account.Name != "you" || m.reads != 1 {
		t.Errorf("got %+v %v after %d reads", item, err, m.reads)
	}
}

// TestFindTellsWhatHasGone: a token that a store has lost is not one that was never kept.
func TestFindTellsWhatHasGone(t *testing.T) {
	t.Parallel()
	v, m := openMemory(t)
	save(t, v, "you")
	delete(m.items, "you")
	_, err := v.Find(t.Context(), "you", "team/app")
	if gone, ok := errors.AsType[GoneError](err); !ok || gone.Store != store.Keyring || !errors.Is(err, ErrNotFound) {
		t.Errorf("lost: %v", err)
	}
	_, err = v.Find(t.Context(), "stranger", "team/app")
	if _, ok := errors.AsType[GoneError](err); ok || !errors.Is(err, ErrNotFound) {
		t.Errorf("never kept: %v", err)
	}
}

func save(t *testing.T, v *Vault, name string) Item {
	t.Helper()
	item := Item{Account: Account{name}, Username: "u", Token: throwAway(name)}
	if _, err := v.Save(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	return item
}

func TestListAndForgetAll(t *testing.T) {
	t.Parallel()
	v, m := openMemory(t)
	for _, name := range []string{"you", "", "team/app", "gone"} {
		save(t, v, name)
	}
	delete(m.items, "gone") // by hand
	m.items[unnamed] = "not ours"
	items, err := v.List(t.Context())
	if !errors.Is(err, store.ErrDamaged) || names(items) != "team/app,,you" {
		t.Errorf("got %s %v", names(items), err)
	}
	if err := v.ForgetAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if items, err := v.List(t.Context()); err != nil || len(items) != 0 || len(m.items) != 0 {
		t.Errorf("left: %v %v %d", names(items), err, len(m.items))
	}
}

func names(items []Item) string {
	var list []string
	for _, item := range items {
		list = append(list, item.Account.Name)
	}
	return strings.Join(list, ",")
}

func TestMarkRefused(t *testing.T) {
	t.Parallel()
	v, _ := openMemory(t)
	item := save(t, v, "you")
	if err := v.MarkRefused(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	if got, _ := v.Get(t.Context(), item.Account); !got.Refused.Equal(day) || !got.Token.Equal(item.Token) {
		t.Errorf("got %+v", got)
	}
	if err := v.MarkAccepted(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	if got, _ := v.Get(t.Context(), item.Account); !got.Refused.IsZero() || !got.Token.Equal(item.Token) {
		t.Errorf("taken back: got %+v", got)
	}
	replacement := Item{Account: item.Account, Token: throwAway("new")}
	if _, err := v.Save(t.Context(), replacement); err != nil {
		t.Fatal(err)
	}
	if err := v.MarkRefused(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	if got, _ := v.Get(t.Context(), item.Account); !got.Refused.IsZero() {
		t.Error("the new token bears the old one's refusal")
	}
}

func TestSaveThatKeepsNothing(t *testing.T) {
	t.Parallel()
	v, m := openMemory(t)
	m.drop = true
	item := Item{Account: Account{"you"}, Token: throwAway("")}
	if _, err := v.Save(t.Context(), item); !errors.Is(err, ErrNotSaved) {
		t.Errorf("got %v", err)
	}
	m.drop = false
	save(t, v, "you")
	m.drop = true
	item.Token = throwAway("second")
	if _, err := v.Save(t.Context(), item); !errors.Is(err, ErrNotSaved) {
		t.Errorf("over an old one: %v", err)
	}
}

func TestInvalidIsNotSaved(t *testing.T) {
	t.Parallel()
	v, m := openMemory(t)
	_, err := v.Save(t.Context(), Item{Account: Account{"you"}, Token: secret.New("a\nb")})
	if !errors.Is(err, ErrInvalid) || len(m.items) != 0 || exists(v.index.path()) {
		t.Errorf("got %v", err)
	}
}

// TestFailuresLeaveTheList: what the keyring refused is neither listed nor struck off.
func TestFailuresLeaveTheList(t *testing.T) {
	t.Parallel()
	v, m := openMemory(t)
	save(t, v, "you")
	m.before = func(operation string) error {
		if operation == "set" || strings.HasPrefix(operation, "delete") {
			return store.ErrLocked
		}
		return nil
	}
	for what, err := range map[string]error{
		"save":       second(v.Save(t.Context(), Item{Account: Account{"me"}, Token: throwAway("me")})),
		"forget":     v.Forget(t.Context(), Account{"you"}),
		"forget all": v.ForgetAll(t.Context()),
	} {
		if !errors.Is(err, store.ErrLocked) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if items, err := v.List(t.Context()); err != nil || names(items) != "you" {
		t.Errorf("got %s %v", names(items), err)
	}
}

func second(_ Item, err error) error { return err }

func TestNoteWorkedWritesOnlyNews(t *testing.T) {
	t.Parallel()
	v, m := openMemory(t)
	save(t, v, "you")
	note := func(repo string) os.FileInfo {
		m.reads = 0
		if err := v.NoteWorked(t.Context(), Account{"you"}, repo); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(v.index.path())
		if err != nil || m.reads != 0 {
			t.Fatalf("%v, %d reads of the keyring", err, m.reads)
		}
		return info
	}
	first, again, other := note("team/app"), note("team/app"), note("team/lib")
	if !os.SameFile(first, again) || os.SameFile(again, other) {
		t.Error("the file is replaced without news, or not replaced with news")
	}
}

func TestFilesArePrivate(t *testing.T) {
	t.Parallel()
	v, _ := openMemory(t)
	item := save(t, v, "you")
	entries, err := os.ReadDir(v.options.Dir)
	if err != nil || len(entries) != 2 {
		t.Fatalf("%v %v", entries, err)
	}
	for _, entry := range entries {
		info, _ := entry.Info()
		text, _ := os.ReadFile(v.options.Dir + "/" + entry.Name())
		if info.Mode() != 0o600 || strings.Contains(string(text), item.Token.Reveal()) {
			t.Errorf("%s: %v, or the token is in it", entry.Name(), info.Mode())
		}
	}
	if info, _ := os.Stat(v.options.Dir); info.Mode().Perm() != 0o700 {
		t.Errorf("folder: %v", info.Mode())
	}
}

func TestDamagedIndex(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{", "\x00\x00\x00", `[]`, `{"accounts":5}`, `{"accounts":[]}{"accounts":[]}`} {
		v, _ := openMemory(t)
		save(t, v, "you")
		save(t, v, "me")
		if err := os.WriteFile(v.index.path(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if item, err := v.Find(t.Context(), "you", "team/app"); err != nil || item.Account.Name != "you" {
			t.Errorf("%q: find: %v", text, err)
		}
		if _, err := v.Find(t.Context(), "stranger", "team/app"); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q: find a stranger: %v", text, err)
		}
		if v.Whole() {
			t.Errorf("%q is a whole list", text)
		}
		if err := v.NoteWorked(t.Context(), Account{"you"}, "team/app"); err != nil {
			t.Errorf("%q: note: %v", text, err)
		}
		if kept, err := os.ReadFile(v.index.path() + ".damaged"); err != nil || string(kept) != text {
			t.Errorf("%q: kept aside: %q %v", text, kept, err)
		}
		if items, err := v.List(t.Context()); err != nil || names(items) != "you" {
			t.Errorf("%q: list: %s %v", text, names(items), err)
		}
		if item, err := v.Find(t.Context(), "me", "team/app"); err != nil || item.Account.Name != "me" {
			t.Errorf("%q: find one that is on no list: %v", text, err)
		}
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	m := &memory{}
	blocked := t.TempDir() + "/file"
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	v := Open(Options{Dir: blocked + "/bbgit", Stores: only(m)})
	if _, err := v.Save(t.Context(), Item{Account: Account{"you"}, Token: throwAway("")}); !errors.Is(err, ErrList) || len(m.items) != 0 {
		t.Errorf("got %v, and %d items in the keyring", err, len(m.items))
	}
}

func TestReplacingKeepsRepositories(t *testing.T) {
	t.Parallel()
	v, _ := openMemory(t)
	if _, err := v.Save(t.Context(), Item{Account: Account{"you"}, Token: throwAway("old"), Added: day.Add(-time.Hour), Worked: []string{"a/b"}}); err != nil {
		t.Fatal(err)
	}
	save(t, v, "you")
	got, err := v.Get(t.Context(), Account{"you"})
	if err != nil || fmt.Sprint(got.Worked) != "[a/b]" || !got.Added.Equal(day) || !got.Token.Equal(throwAway("you")) {
		t.Errorf("got %+v %v", got, err)
	}
}
