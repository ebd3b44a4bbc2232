package vault

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bbgit/auth/secret"
	"bbgit/auth/store"
)

func TestItemAsText(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 3600)
	item := Item{
		Account: Account{"you"}, Username: "x-bitbucket-api-token-auth", Token: secret.New("t"),
		Added: day.In(zone).Add(time.Millisecond), Expires: day.AddDate(1, 0, 0), Worked: []string{"a/b"},
	}
	text, err := encode(item)
	want := `{"added":"2026-11-23T09:30:00Z","expires":"2027-11-23T09:30:00Z","token":"t","username":"x-bitbucket-api-token-auth"}`
	if err != nil || text != want {
		t.Fatalf("got %s %v", text, err)
	}
	back, err := decode(item.Account, text)
	if err != nil || !back.Token.Equal(item.Token) || !back.Added.Equal(day) || !back.Refused.IsZero() || back.Username != item.Username {
		t.Errorf("got %+v %v", back, err)
	}
}

func TestUnknownFieldsSurvive(t *testing.T) {
	t.Parallel()
	item, err := decode(Account{"you"}, `{"token":"t","username":"u","added":"2026-11-23T09:30:00Z","scopes":["a",1e3],"x":null}`)
	if err != nil {
		t.Fatal(err)
	}
	item.Refused = day
	text, err := encode(item)
	if want := `{"added":"2026-11-23T09:30:00Z","refused":"2026-11-23T09:30:00Z","scopes":["a",1e3],"token":"t","username":"u","x":null}`; err != nil || text != want {
		t.Errorf("got %s %v", text, err)
	}
}

func TestForeignItems(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "throw-away", `"throw-away"`, `["throw-away"]`, `{"token":""}`, `{"token":5}`, `{"token":"throw-away","added":"throw-away"}`, "null"} {
		_, err := decode(Account{"you"}, text)
		if !errors.Is(err, store.ErrDamaged) || strings.Contains(err.Error(), "throw") {
			t.Errorf("%d characters: %v", len(text), err)
		}
	}
}

func TestChecks(t *testing.T) {
	t.Parallel()
	good := Item{Account: Account{"you"}, Username: "u", Token: throwAway("")}
	if err := good.check(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Item){
		"no token":            func(i *Item) { i.Token = secret.Secret{} },
		"NUL in the token":    func(i *Item) { i.Token = secret.New("a\x00b") },
		"LF in the token":     func(i *Item) { i.Token = secret.New("a\nb") },
		"CR in the token":     func(i *Item) { i.Token = secret.New("a\r") },
		"no UTF-8":            func(i *Item) { i.Token = secret.New("a\xff") },
		"LF in the user name": func(i *Item) { i.Username = "u\npath=x" },
		"LF in the account":   func(i *Item) { i.Account.Name = "u\nx" },
		"reserved account":    func(i *Item) { i.Account.Name = unnamed },
		"endless account":     func(i *Item) { i.Account.Name = strings.Repeat("x", 300) },
	} {
		item := good
		spoil(&item)
		if err := item.check(); !errors.Is(err, ErrInvalid) || strings.Contains(err.Error(), "throw-away") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
