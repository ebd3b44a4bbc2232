package vault

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/store"
)

// Account names what a token belongs to: the user name in a remote's URL, "" for URLs without one, or "WS/REPO" for an
// access token, which belongs to a repository (or its project or workspace) and to no person.
type Account struct {
	Name string
}

// isAccessToken: user names of Bitbucket have no slash.
func (a Account) isAccessToken() bool { return strings.Contains(a.Name, "/") }

// Renewal is the command line that asks for a new token in place of the account's, wherever it is typed.
// A name may come out of anybody's URL, so it is quoted.
func (a Account) Renewal() string {
	const login = "bbgit bitbucket login"
	switch {
	case a.isAccessToken():
		return login + " " + realgit.TypedWord(a.Name)
	case a.Name != "":
		return login + " --username " + realgit.TypedWord(a.Name)
	}
	return login
}

// Item is a kept token and what has to be known about it.
type Item struct {
	Account  Account
	Username string // what git sends as user name
	Token    secret.Secret
	Added    time.Time
	Refused  time.Time // when Bitbucket last refused it; zero: never
	Expires  time.Time // as far as the person said; zero: unknown
	Worked   []string  // repositories where it worked, "ws/repo", the latest first
	Accepted time.Time // the day on which Bitbucket last took it; zero: unknown
	Store    string    // where it is kept, by the store's name; to Save, "" is the one that the person has chosen

	unknown map[string]json.RawMessage // fields of a newer bbgit, written back as they came
}

// wire is an item as its store holds it. The account is the item's key, and the repositories are in the index.
type wire struct {
	Token    string    `json:"token"`
	Username string    `json:"username"`
	Added    time.Time `json:"added"`
	Refused  time.Time `json:"refused,omitzero"`
	Expires  time.Time `json:"expires,omitzero"`
}

// wireFields are the names that wire owns.
var wireFields = []string{"token", "username", "added", "refused", "expires"}

func encode(item Item) (string, error) {
	known, err := json.Marshal(wire{
		item.Token.Reveal(), item.Username, stamp(item.Added), stamp(item.Refused), stamp(item.Expires),
	})
	if err != nil {
		return "", fmt.Errorf("%w: a date of the item", ErrInvalid) // err may quote the token
	}
	fields := map[string]json.RawMessage{}
	for name, value := range item.unknown {
		fields[name] = value
	}
	if err := json.Unmarshal(known, &fields); err != nil {
		return "", fmt.Errorf("%w: the item", ErrInvalid)
	}
	text, err := json.Marshal(fields)
	return string(text), err
}

// stamp drops what RFC 3339 in the keyring does not need: fractions and the time zone of this machine.
func stamp(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(time.Second)
}

// decode reads what encode wrote. Its error does not wrap the one of encoding/json, which quotes from the text.
func decode(account Account, text string) (Item, error) {
	var w wire
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &w) != nil || json.Unmarshal([]byte(text), &fields) != nil || w.Token == "" {
		return Item{Account: account}, fmt.Errorf("%w: %s", store.ErrDamaged, key(account))
	}
	for _, name := range wireFields {
		delete(fields, name)
	}
	return Item{
		Account: account, Username: w.Username, Token: secret.New(w.Token),
		Added: w.Added, Refused: w.Refused, Expires: w.Expires, unknown: fields,
	}, nil
}

// unnamed is the stores' name for the account without a name. An empty one would match every account on macOS.
// Nobody has it as a user name.
const unnamed = "(no user name)"

// key is the account's name in its store, where the person can see it.
func key(a Account) string {
	if a.Name == "" {
		return unnamed
	}
	return a.Name
}

// longestName is more than Bitbucket and e-mail addresses allow, and less than any keyring limits.
const longestName = 255

// check refuses what must not get into git's credential protocol, whose lines end with a newline, nor into the
// commands that macOS's security tool reads from its stdin.
func (i Item) check() error {
	switch token := i.Token.Reveal(); {
	case token == "":
		return fmt.Errorf("%w: the token is empty", ErrInvalid)
	case !oneLine(token):
		return fmt.Errorf("%w: the token has a line end or a control character in it", ErrInvalid)
	case !oneLine(i.Username):
		return fmt.Errorf("%w: the user name has a line end or a control character in it", ErrInvalid)
	}
	return i.Account.check()
}

func (a Account) check() error {
	if a.Name == unnamed || len(a.Name) > longestName || !oneLine(a.Name) {
		return fmt.Errorf("%w: the account's name %.40q", ErrInvalid, a.Name)
	}
	return nil
}

func oneLine(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}
