package words

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"bbgit/auth/bitbucket"
)

// keeping are all sayings about where tokens are kept, and for how long.
func keeping(s Style) map[string]string {
	choose := question(NothingKept)
	choose.Unkept, choose.Choose = &Unkept{Trouble: NoKeyring, Detail: "no session bus"}, true
	expired := question(TokenRefused)
	expired.Expires = today.AddDate(0, 0, -3)
	anew := question(LoggingIn)
	anew.Replaces = "ATAT…3C4D"
	all := map[string]string{
		"ask-choose":      s.Ask(choose),
		"ask-expired":     s.Ask(expired),
		"where-to-keep":   s.WhereToKeep(Unkept{Trouble: NoKeyring, Detail: "no session bus"}, choices, NothingKept),
		"log-in-where":    s.WhereToKeep(Unkept{Trouble: NoKeyring, Detail: "no session bus"}, choices, LoggingIn),
		"log-in-nowhere":  s.NotKept(Unkept{Trouble: Declined}, false),
		"log-in-in-vain":  s.NoPlace(Unkept{Trouble: KeyringLocked, Place: "your keyring", On: Computer{System: "linux"}}),
		"plain-text":      strings.TrimSpace(s.YesNo(PlainTextAllowed("~/.config/bbgit/tokens.json"), false)) + "\n",
		"numbers":         s.Numbers(4),
		"remembered":      s.Remembered("git config --global --unset bbgit.store"),
		"store-waits":     s.StoreWaits("your keyring", false),
		"store-passable":  s.StoreWaits("your keyring", true),
		"store-trouble":   s.StoreTrouble(Unkept{Trouble: KeyringLocked, Place: "your keyring", On: Computer{System: "linux"}}),
		"expires-in-days": s.Expires(today, today.AddDate(0, 0, 9), true, "bbgit bitbucket login --username you"),
		"token-in-url":    strings.TrimSpace(s.YesNo(TokenInURL("remote 'origin'", "your keyring"), false)) + "\n",
		"taken-out":       s.TakenOutOfURL("remote 'origin'", "https://you@bitbucket.org/you/thesis.git", "your keyring"),
		"stayed-in-url":   s.StayedInURL("remote 'origin'", Unkept{Trouble: KeyringSlow, Place: "your keyring"}),
		"which-one":       strings.TrimSpace(s.WhichRepository()) + "\n",
		"already-served":  s.AlreadyServed("kept in ~/.git-credentials", thesis),
		"nothing-piped":   s.PastedInPipe(bitbucket.Nothing),
		"log-in":          s.Ask(question(LoggingIn)),
		"log-in-anew":     s.Ask(anew),
		"no-repository":   s.NoRepository(),
		"mistyped":        s.PerhapsMistyped(thesis),
		"login-given-up":  s.LoginGivenUp(false),
		"login-kept":      s.LoginGivenUp(true),
		"expires-today":   s.Expires(today, today, false, "bbgit bitbucket login"),
	}
	for name, on := range computers {
		for _, trouble := range troubles[name] {
			u := Unkept{Trouble: trouble, Place: "your keyring", Detail: "what it says", On: on}
			all["unkept-"+name+"-"+strconv.Itoa(int(trouble))] = s.NotKept(u, true)
		}
	}
	return all
}

// troubles are those that are worded in a way of their own on a computer.
var troubles = map[string][]Trouble{
	"desktop":   {NoKeyring, KeyringLocked, KeyringSilent, KeyringSlow, PassedOver, TooLong, NotThere, Declined, UnknownPlace, OtherTrouble, NotChosen, NoList},
	"container": {NoKeyring},
	"server":    {NoKeyring, KeyringLocked},
	"wsl":       {NoKeyring},
	"mac":       {KeyringLocked, KeyringSilent},
	"windows":   {NoLogonSession},
}

var choices = []Choice{
	{"pass", TermsOfPass}, {"git's cache in memory", TermsOfCache}, {"~/.config/bbgit/tokens.json", TermsOfFile},
}

var computers = map[string]Computer{
	"desktop":   {System: "linux", Apt: true, Bus: true},
	"container": {System: "linux", Apt: true},
	"server":    {System: "linux", Remote: true},
	"mac":       {System: "darwin"},
	"windows":   {System: "windows"},
	"wsl":       {System: "linux", Apt: true, Wincred: "/mnt/c/Program Files/Git/mingw64/bin/git-credential-wincred.exe"},
}

func TestWhen(t *testing.T) {
	t.Parallel()
	evening := time.Date(2026, 11, 23, 23, 30, 0, 0, time.Local)
	for _, c := range []struct {
		then time.Time
		want string
	}{
		{evening.Add(10 * time.Minute), "today"},
		{evening.Add(time.Hour), "tomorrow"},
		{evening.Add(25 * time.Hour), "in 2 days, on 2026-11-25"},
		{evening.AddDate(0, 0, -1), "on 2026-11-22"},
	} {
		if got := when(evening, c.then); got != c.want {
			t.Errorf("%v: %q, want %q", c.then, got, c.want)
		}
	}
}
