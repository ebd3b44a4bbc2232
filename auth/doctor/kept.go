package doctor

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/pattern"
	"bbgit/auth/realgit"
	"bbgit/auth/store"
	"bbgit/auth/terminal"
)

// Kept is a credential for Bitbucket that a helper or a file keeps.
type Kept struct {
	Helper     realgit.KeepingHelper // "" for a file that no helper reads
	File       string                // of git-credential-store(1), or .netrc
	Text       string                // the line there, as it is written
	Line       int                   // counted from 1
	User       string
	Secret     string
	Repository bitbucket.Repository // that it is for; zero for all
}

func (k Kept) suspect(f Facts) Suspect {
	x := Suspect{k.User, k.Secret, k.Repository}
	if isToken(k.Secret) {
		x.User = bitbucket.UserName(k.Secret)
	}
	if x.Repository == (bitbucket.Repository{}) {
		x.Repository = f.somewhere(k.User)
	}
	return x
}

func (x *examination) keepKept(k Kept) {
	for _, other := range x.facts.Kept {
		if other.Helper == k.Helper && other.File == k.File && other.Text == k.Text && other.User == k.User && other.Secret == k.Secret {
			return
		}
	}
	x.facts.Kept = append(x.facts.Kept, k)
}

// examineStores reads the files of git-credential-store(1): those that a helper
// names, and the usual ones, which an editor or an older set-up may have left.
func (x *examination) examineStores(context.Context) {
	files := make(map[string]realgit.KeepingHelper)
	order := []string{}
	for _, h := range x.facts.Helpers {
		if h.value().Name() == "store" {
			file := realgit.AtHome(h.value().StoreFile())
			files[file] = h.value()
			order = append(order, file)
		}
	}
	usual := []string{filepath.Join(x.home, ".git-credentials")}
	if x.config != "" {
		usual = append(usual, filepath.Join(x.config, "git", "credentials"))
	}
	for _, file := range append(order, usual...) {
		for _, k := range readStore(file) {
			k.Helper = files[file]
			x.keepKept(k)
		}
	}
}

func readStore(file string) (all []Kept) {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > longestConfig {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		remote, ok := bitbucket.ParseRemote(strings.TrimRight(line, "\r\n"))
		if ok && remote.Secret != "" {
			all = append(all, Kept{File: file, Text: line, Line: number, User: remote.User, Secret: remote.Secret, Repository: remote.Repository})
		}
	}
	return all
}

// place says where it is kept: "kept in ~/.git-credentials, line 2".
func (k Kept) place() string {
	if k.File != "" {
		return "in " + shown(k.File) + ", line " + number(k.Line)
	}
	return k.Helper.Keeps()
}

const checkKept = "kept"

func judgeKept(f Facts) []Finding {
	var all []Finding
	for _, k := range f.Kept {
		all = append(all, k.judge(f))
	}
	return all
}

func (k Kept) judge(f Facts) Finding {
	x := k.suspect(f)
	v := f.Verdicts.of(x.User, x.Secret)
	what := capital(kind(k.Secret)) + owner(k.User) + " is " + k.place() + verdictSentence(k.Secret, v)
	switch lifeOf(k.Secret, v) {
	case dead:
		found := find(checkKept, Attention, k.File, "%s", what).with(k.byHand(f))
		return found.mendedBy(k.fix())
	case doubtful:
		return find(checkKept, Attention, k.File, "%s", what).with(k.byHand(f))
	case alive:
		if isToken(k.Secret) && (bitbucket.LooksLikeMail(k.User) || k.User == bitbucket.AccessTokenUser && bitbucket.KindOf(k.Secret) == bitbucket.APIToken) {
			return find(checkKept, Note, k.File, "%s It is kept with the user name %s, which Bitbucket refuses from git; bbgit sends the right one, git alone does not.", what, terminal.Plain(k.User))
		}
		return find(checkKept, OK, k.File, "%s", what)
	}
	if bitbucket.KindOf(k.Secret).Retired() {
		return find(checkKept, Attention, k.File, "%s", what).with(k.byHand(f))
	}
	return find(checkKept, Note, k.File, "%s", what)
}

// owner is " of you", where a user name tells it.
func owner(user string) string {
	if user == "" || bitbucket.NamesNobody(user) {
		return ""
	}
	return " of " + terminal.Plain(user)
}

// byHand is the command that has a helper forget it.
func (k Kept) byHand(f Facts) string {
	if k.File != "" {
		return f.editor(k.File)
	}
	ask := "protocol=https\\nhost=" + bitbucket.Host + "\\n"
	if k.User != "" {
		ask += "username=" + terminal.Plain(k.User) + "\\n"
	}
	return "printf " + realgit.TypedWord(ask) + " | git credential reject"
}

func (k Kept) fix() *Fix {
	what := "take " + kind(k.Secret) + owner(k.User) + " out of "
	if k.File != "" {
		text := strings.TrimRight(k.Text, "\r\n")
		return &Fix{
			What: what + shown(k.File), File: k.File, secret: true, id: k.File + "\x00" + k.Text,
			edit: withoutLines(func(line string) bool { return strings.TrimRight(line, "\r\n") == text }),
		}
	}
	m := credential.Message{{Key: "protocol", Value: "https"}, {Key: "host", Value: bitbucket.Host}, {Key: "username", Value: k.User}, {Key: "password", Value: k.Secret}}
	return &Fix{
		What: "have the credential helper \"" + k.Helper.Shown() + "\" forget " + kind(k.Secret) + owner(k.User),
		id:   string(k.Helper) + "\x00" + k.User + "\x00" + k.Secret, helper: k.Helper, forget: m,
	}
}

// wouldUnlock tells that a helper would ask a keyring that is locked, and that the
// person.
func wouldUnlock(ctx context.Context, h realgit.KeepingHelper) bool {
	if !slices.Contains([]string{"libsecret", "gnome-keyring"}, h.Name()) {
		return false
	}
	state, err := store.KeyringState(ctx)
	return err == nil && state == store.Locked
}

func quoted(text string) string { return pattern.Quote(text) }
