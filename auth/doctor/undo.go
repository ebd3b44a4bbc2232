package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/realgit"
	"bbgit/auth/store"
	"bbgit/auth/textfile"
	"bbgit/auth/vault"
)

// A Mender makes changes, and takes them back. What takes one back is a file of
// its own in Dir, which nobody else can read: it holds the lines that were there
// before. A token that still works is never in there, but in the keyring, and a
// password that a helper forgets stays in that helper, under another name.
type Mender struct {
	Dir   string // of bbgit, in the person's configuration folder
	Vault *vault.Vault
	Git   *realgit.Git
	Now   func() time.Time
}

// A record tells how to take one change back.
type record struct {
	What string    `json:"what"`
	When time.Time `json:"when"`

	File    string      `json:"file,omitempty"`
	New     bool        `json:"new,omitempty"` // the file was not there before
	Change  *difference `json:"change,omitempty"`
	Token   bool        `json:"token,omitempty"` // the mark stands for the token of
	Account string      `json:"account,omitempty"`

	Helper string `json:"helper,omitempty"`
	User   string `json:"user,omitempty"`
	Parked string `json:"parked,omitempty"` // the host under which the helper keeps the password now
}

// tokenMark stands for a token in the lines of a record.
const tokenMark = "{the token in the keyring}"

// ErrNoUndo says that there is nothing of that name to take back.
var ErrNoUndo = errors.New("there is no such change to undo")

// Mend makes one change. name is what Undo wants.
func (m Mender) Mend(ctx context.Context, fix *Fix) (name string, err error) {
	if fix.keep != nil {
		if err := keepToken(ctx, m.Vault, *fix.keep); err != nil {
			return "", fmt.Errorf("the token could not be kept first: %w", err)
		}
	}
	name, path, err := m.next()
	if err != nil {
		return "", err
	}
	r := record{What: fix.What, When: m.Now()}
	if fix.edit != nil {
		err = m.mendFile(path, r, fix)
	} else {
		err = m.mendHelper(ctx, path, name, r, fix)
	}
	if err != nil {
		_ = os.Remove(path)
		return "", err
	}
	return name, nil
}

func (m Mender) mendFile(path string, r record, fix *Fix) error {
	return textfile.Change(fix.File, func(before string, exists bool) (after string, remove bool, err error) {
		if after, err = fix.edit(before); err != nil {
			return "", false, err
		}
		change := differenceOf(before, after)
		if fix.live != "" {
			r.Token, r.Account = true, fix.account
			change = change.with(fix.live, tokenMark)
		}
		if change.holdsToken() {
			return "", false, errTokenBeside
		}
		r.File, r.New, r.Change = fix.File, !exists, &change
		return after, false, writeRecord(path, r)
	}, nil)
}

// mendHelper has a helper forget a password, when it keeps it under a name that
// git never asks for. So the password never leaves the kind of place it was in.
func (m Mender) mendHelper(ctx context.Context, path, name string, r record, fix *Fix) error {
	r.Helper, r.User, r.Parked = string(fix.helper), fix.forget.Get("username"), "undo-"+name+".bbgit.invalid"
	parked := fix.forget.With("host", r.Parked)
	if err := m.Git.ApproveAt(ctx, fix.helper, parked); err != nil {
		return err
	}
	if !m.Git.Holds(ctx, fix.helper, parked.Without("password"), parked.Get("password")) {
		return errors.New("it does not keep what would undo this, so that it was left alone")
	}
	if err := writeRecord(path, r); err != nil {
		return err
	}
	done, err := m.Git.RejectAt(ctx, fix.helper, fix.forget)
	if err != nil || !done {
		_, _ = m.Git.RejectAt(ctx, fix.helper, parked)
		return errors.Join(err, errNothing)
	}
	if m.Git.Holds(ctx, fix.helper, fix.forget.Without("password"), fix.forget.Get("password")) {
		_, _ = m.Git.RejectAt(ctx, fix.helper, parked)
		return errors.New("the helper gives it all the same")
	}
	return nil
}

// errTokenBeside is that what would undo a change would hold a token that may work.
var errTokenBeside = errors.New("an API or access token stands in the same lines, and may still work; please do it by hand")

// Undo takes a change back and says what it was.
func (m Mender) Undo(ctx context.Context, name string) (what string, err error) {
	path := m.path(name)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%w: %s", ErrNoUndo, name)
	}
	var r record
	if err != nil || json.Unmarshal(text, &r) != nil {
		return "", fmt.Errorf("%s cannot be read", shown(path))
	}
	if r.Change != nil {
		err = m.undoFile(ctx, r)
	} else {
		err = m.undoHelper(ctx, r)
	}
	if err != nil {
		return "", fmt.Errorf("number %s could not be undone: %s: %w; what was there is in %s", name, r.place(), err, shown(path))
	}
	return r.What, os.Remove(path)
}

func (r record) place() string {
	if r.File != "" {
		return shown(r.File)
	}
	return r.Helper
}

func (m Mender) undoFile(ctx context.Context, r record) error {
	change := *r.Change
	if r.Token {
		item, err := m.Vault.Get(ctx, vault.Account{Name: r.Account})
		if err != nil {
			return fmt.Errorf("the token is needed for that: %w", err)
		}
		change = change.with(tokenMark, item.Token.Reveal())
	}
	return textfile.Change(r.File, func(now string, _ bool) (before string, remove bool, err error) {
		before, err = change.undo(now)
		return before, r.New && before == "", err
	}, nil)
}

func (m Mender) undoHelper(ctx context.Context, r record) error {
	helper := realgit.KeepingHelper(r.Helper)
	parked := credential.Message{{Key: "protocol", Value: "https"}, {Key: "host", Value: r.Parked}, {Key: "username", Value: r.User}}
	answer, found, err := m.Git.FillFrom(ctx, helper, parked)
	if err != nil || !found {
		return errors.Join(err, errors.New("the helper no longer has it"))
	}
	back := parked.With("password", answer.Get("password"))
	if err := m.Git.ApproveAt(ctx, helper, back.With("host", bitbucket.Host)); err != nil {
		return err
	}
	_, err = m.Git.RejectAt(ctx, helper, back)
	return err
}

// Undoable are the names of the changes that can be taken back, the latest first.
func (m Mender) Undoable() []string {
	files, _ := filepath.Glob(filepath.Join(escaped(m.Folder()), "*.json"))
	var numbers []int
	for _, file := range files {
		if n, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(file), ".json")); err == nil {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	slices.Reverse(numbers)
	var names []string
	for _, n := range numbers {
		names = append(names, strconv.Itoa(n))
	}
	return names
}

// Folder is where that is kept which undoes changes.
func (m Mender) Folder() string { return filepath.Join(m.Dir, "undo") }

func (m Mender) path(name string) string {
	return filepath.Join(m.Folder(), filepath.Base(name)+".json")
}

// next takes the next free name. Two at once get two.
func (m Mender) next() (name, path string, err error) {
	if err := os.MkdirAll(m.Folder(), 0o700); err != nil {
		return "", "", err
	}
	n := 1
	if names := m.Undoable(); len(names) > 0 {
		last, _ := strconv.Atoi(names[0])
		n = last + 1
	}
	for ; ; n++ {
		name = strconv.Itoa(n)
		file, err := os.OpenFile(m.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", "", err
		}
		return name, file.Name(), file.Close()
	}
}

func writeRecord(path string, r record) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return store.WriteSynced(path, append(text, '\n'))
}

// keepToken saves a token that stood in a URL.
func keepToken(ctx context.Context, v *vault.Vault, item vault.Item) error {
	_, err := v.Save(ctx, item)
	return err
}
