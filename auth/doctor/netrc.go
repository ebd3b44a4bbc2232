package doctor

import (
	"os"

	"bbgit/auth/bitbucket"
	"bbgit/auth/netrc"
	"bbgit/auth/terminal"
)

// examineNetrc looks up what curl would send before git asks anybody.
func (x *examination) examineNetrc() {
	entry, ok, err := netrc.Lookup(x.home, bitbucket.Host)
	if err != nil || !ok || entry.Password == "" {
		return
	}
	text, err := os.ReadFile(entry.File)
	if err != nil {
		return
	}
	k := Kept{File: entry.File, Line: entry.Line, User: entry.Login, Secret: entry.Password}
	k.Text, _ = netrc.Lines(string(text), bitbucket.Host)
	x.facts.Netrc = &k
}

func judgeNetrc(f Facts) []Finding {
	const check = "netrc"
	if f.Netrc == nil {
		return nil
	}
	k := *f.Netrc
	x := k.suspect(f)
	v := f.Verdicts.of(x.User, x.Secret)
	what := capital(kind(k.Secret)) + owner(k.User) + " stands in " + shown(k.File) + ", from line " + number(k.Line) +
		" on, where git finds it before it asks any helper" + verdictSentence(k.Secret, v)
	byHand := f.editor(k.File)
	switch lifeOf(k.Secret, v) {
	case dead:
		found := find(check, Attention, k.File, "%s", what).with(byHand)
		if k.Text == "" {
			return []Finding{found} // the lines hold something else as well
		}
		return []Finding{found.mendedBy(&Fix{
			What: "take " + kind(k.Secret) + owner(k.User) + " out of " + shown(k.File),
			File: k.File, secret: true, id: k.File, edit: replacing(k.Text, ""),
		})}
	case doubtful:
		return []Finding{find(check, Attention, k.File, "%s", what).with(byHand)}
	case alive:
		if isToken(k.Secret) && bitbucket.LooksLikeMail(k.User) {
			return []Finding{find(check, Attention, k.File, "%s But its login is the e-mail address %s, which Bitbucket refuses from git: put %s there.",
				what, terminal.Plain(k.User), bitbucket.UserName(k.Secret)).with(byHand)}
		}
		return []Finding{find(check, Note, k.File, "%s It is in plain text there.", what)}
	}
	state := Note
	if bitbucket.KindOf(k.Secret).Retired() {
		state = Attention
	}
	return []Finding{find(check, state, k.File, "%s", what).with(byHand)}
}
