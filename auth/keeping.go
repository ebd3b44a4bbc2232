package auth

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"bbgit/auth/realgit"
	"bbgit/auth/store"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// What the person says in git's configuration about the keeping of tokens.
const (
	// StoreSetting names the store for new tokens; see package store.
	StoreSetting = "bbgit.store"
	// TimeoutSetting is how long a store may take while it asks the person something, in seconds, or with a unit ("2m").
	TimeoutSetting = "bbgit.keyringTimeout"
)

// Vault opens the kept tokens for a command of bbgit's own.
func (t Tools) Vault(waiting vault.Waiting) *vault.Vault {
	return openVault(func() *realgit.Git { return t.git(os.Environ()) }, waiting)
}

// openVault opens the kept tokens with what the person has said about them in git's configuration, as git sees it from
// here.
func openVault(git func() *realgit.Git, waiting vault.Waiting) *vault.Vault {
	tools := storeTools(git)
	return vault.Open(vault.Options{
		Stores:   func(name string) (store.Store, error) { return store.Open(name, tools) },
		Chosen:   func(ctx context.Context) (string, error) { return git().Value(ctx, StoreSetting) },
		Patience: func() time.Duration { return patience(git) },
		Waiting:  waiting,
	})
}

func storeTools(git func() *realgit.Git) store.Tools {
	dir, _ := vault.Dir()
	return store.Tools{Dir: dir, Git: git}
}

// patience reads TimeoutSetting; what cannot be read is as if it were not there.
func patience(git func() *realgit.Git) time.Duration {
	text, err := git().Value(context.Background(), TimeoutSetting)
	if err != nil {
		return vault.DefaultPatience
	}
	return readPatience(text)
}

func readPatience(text string) time.Duration {
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 && seconds < 24*60*60 {
		return time.Duration(seconds) * time.Second
	}
	if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return d
	}
	return vault.DefaultPatience
}

// vaultGit is the git that answers for the session as a whole, and not for one request.
func (s *session) vaultGit() *realgit.Git { return s.git(s.place) }

// storeWaits tells the person what is waited for, and lets them pass it over: all
// who wait learn that before it is the turn of any of them. Who has waited for a
// turn is not told of what comes a moment later: one answer of a store's ends the
// waiting of all.
func (s *session) storeWaits(ctx context.Context, name string, passOver func()) {
	s.note("waiting for %s", PlaceOf(name))
	screen, err := terminal.Open()
	if err != nil {
		_, _ = s.stderr.Write([]byte(words.Style{}.StoreWaits(PlaceOf(name), false)))
		return
	}
	defer screen.Close()
	began := time.Now()
	end, err := takeTurn(ctx, func(who other) {
		if who == elsewhere {
			screen.Print(styleOf(screen).StoreWaits(PlaceOf(name), false))
		}
	})
	if err != nil {
		return
	}
	defer end()
	skipped := notedSkipped + url.QueryEscape(name)
	if s.lent.has(skipped) {
		passOver()
		return
	}
	if time.Since(began) >= turnPoll {
		select {
		case <-time.After(2 * turnPoll):
		case <-ctx.Done():
		}
	}
	if ctx.Err() != nil {
		return
	}
	screen.Print(styleOf(screen).StoreWaits(PlaceOf(name), screen.CanPassOver()))
	if screen.PassedOver(ctx) {
		s.lent.note(skipped)
		passOver()
	}
}

// PlaceOf is what people call a store.
func PlaceOf(name string) words.Place {
	switch helper, isHelper := strings.CutPrefix(name, store.Helper); {
	case isHelper && realgit.KeepingHelper(helper).Name() != "":
		return words.Place("git-credential-" + realgit.KeepingHelper(helper).Name())
	case isHelper:
		return "the helper of " + StoreSetting
	case name == store.Cache:
		return words.Cache
	case name == store.Pass:
		return "pass"
	case name == store.File:
		if dir, err := vault.Dir(); err == nil {
			return words.Place(realgit.ShownPath(store.FilePath(dir)))
		}
		return "a file"
	}
	switch runtime.GOOS {
	case "darwin":
		return "the macOS keychain"
	case "windows":
		return "Windows' Credential Manager"
	}
	return "your keyring"
}

// UnkeptBy puts an error of a store, or of the vault, into words.
func UnkeptBy(err error) words.Unkept {
	u := words.Unkept{Place: PlaceOf(""), On: computer()}
	if trouble, ok := errors.AsType[*store.Error](err); ok {
		u.Place = PlaceOf(trouble.Store)
	}
	for _, known := range []struct {
		is      error
		trouble words.Trouble
	}{
		{store.ErrNoKeyring, words.NoKeyring}, {store.ErrNoSession, words.NoLogonSession},
		{store.ErrLocked, words.KeyringLocked}, {store.ErrSilent, words.KeyringSilent},
		{store.ErrTimeout, words.KeyringSlow}, {store.ErrSkipped, words.PassedOver},
		{store.ErrTooBig, words.TooLong},
		{vault.ErrNotSaved, words.NotThere}, {errNowhere, words.Declined}, {errUnchosen, words.NotChosen},
		{vault.ErrList, words.NoList}, {store.ErrUnknown, words.UnknownPlace},
	} {
		if errors.Is(err, known.is) {
			u.Trouble, u.Detail = known.trouble, detail(err, known.is)
			return u
		}
	}
	u.Trouble, u.Detail = words.OtherTrouble, detail(err, store.ErrUnusable)
	return u
}

// detail is what an error says behind the words of its kind.
func detail(err, kind error) string {
	text := err.Error()
	if text == kind.Error() {
		return ""
	}
	return terminal.Plain(strings.TrimPrefix(text, kind.Error()+": "))
}

// computer finds out what the commands to type depend on.
func computer() words.Computer {
	_, noApt := exec.LookPath("apt-get")
	return words.Computer{
		System:  runtime.GOOS,
		Apt:     noApt == nil,
		Bus:     store.SessionBus(),
		Remote:  os.Getenv("SSH_CONNECTION") != "",
		Wincred: wincred(),
	}
}

// wincred is git's helper for Windows' credentials, where this Linux runs inside Windows and Git for Windows is there.
func wincred() string {
	for _, folder := range []string{"mingw64/bin", "mingw64/libexec/git-core"} {
		path := "/mnt/c/Program Files/Git/" + folder + "/git-credential-wincred.exe"
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}
