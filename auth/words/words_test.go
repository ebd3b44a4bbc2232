package words

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bbgit/auth/bitbucket"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	thesis = bitbucket.Repository{Workspace: "you", Name: "thesis"}
	today  = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

func question(why Why) Question {
	return Question{Repository: thesis, Why: why, Held: "kept in ~/.git-credentials", Added: today.AddDate(-1, 0, 0), Now: today, Keep: "your keyring"}
}

// sayings are all that bbgit can say, by the name of their golden file.
func sayings(s Style) map[string]string {
	desktop, nowhere, young := question(PasswordRefused), question(NothingKept), question(TokenRefused)
	desktop.Opens = true
	nowhere.Unkept = &Unkept{Trouble: KeyringLocked, Place: "your keyring", On: Computer{System: "linux"}}
	others := question(NothingKept)
	others.Account, others.Others = "bob", []string{"me", "you"}
	gone, removed := question(NothingKept), question(NothingKept)
	gone.Gone, gone.Keep, removed.Gone = Cache, Cache, "your keyring"
	shut := nowhere
	shut.Shut = true
	push := question(ScopeMissing)
	push.Held, push.Need = "", bitbucket.Write
	young.Added = today.AddDate(0, -2, 0)
	all := map[string]string{
		"ask-password":        s.Ask(question(PasswordRefused)),
		"ask-desktop":         s.Ask(desktop),
		"ask-nothing-kept":    s.Ask(nowhere),
		"ask-token-expired":   s.Ask(question(TokenRefused)),
		"ask-token-refused":   s.Ask(young),
		"ask-other":           s.Ask(question(OtherRefused)),
		"ask-others":          s.Ask(others),
		"ask-shut":            s.Ask(shut),
		"ask-forgotten":       s.Ask(gone),
		"ask-removed":         s.Ask(removed),
		"helper-not-cleaned":  s.HelperNotCleaned("kept in ~/.git-credentials"),
		"enough":              s.Enough(),
		"refused-strange":     s.RefusedStrange(),
		"refused-too":         s.RefusedToo(),
		"opened":              s.Opened(),
		"too-long":            s.TooLong(),
		"same-again":          s.SameAgain(),
		"checking":            s.Checking(),
		"kept":                s.Kept("your keyring", false),
		"kept-in-place":       s.Kept("your keyring", true),
		"not-kept":            s.NotKept(Unkept{Trouble: NoKeyring, Place: "your keyring", Detail: "no secret service on the session bus", On: Computer{System: "linux", Apt: true, Bus: true}}, true),
		"gave-up":             s.GaveUp(),
		"ready":               s.Ready(),
		"nobody-password":     s.NobodyToAsk(question(PasswordRefused)),
		"helper-named":        s.HelperNamed(),
		"nobody-shut":         s.NobodyToAsk(shut),
		"nobody-forgotten":    s.NobodyToAsk(gone),
		"nobody-nothing-kept": s.NobodyToAsk(question(NothingKept)),
		"nobody-token":        s.NobodyToAsk(question(TokenRefused)),
		"nobody-other":        s.NobodyToAsk(question(OtherRefused)),
		"variable-unsent":     s.EnvTokenUnsent(bitbucket.PastedMail),
		"variable-empty":      s.EnvTokenUnsent(bitbucket.Nothing),
		"variable-refused":    s.EnvTokenRefused(bitbucket.Plausible, bitbucket.CredentialRefused, bitbucket.Write, thesis),
		"variable-strange":    s.EnvTokenRefused(bitbucket.StrangeToken, bitbucket.CredentialRefused, bitbucket.Write, thesis),
		"variable-cut-off":    s.EnvTokenRefused(bitbucket.CutOff, bitbucket.CredentialRefused, bitbucket.Write, thesis),
		"url-cleaned":         s.URLCleaned("remote 'origin'", "https://you:****@bitbucket.org/you/thesis.git", "https://you@bitbucket.org/you/thesis.git"),
		"url-not-cleaned":     s.URLNotCleaned("url.<base>.insteadof", "https://you:****@bitbucket.org/", "~/.gitconfig"),
		"netrc":               s.NetrcLine("~/.netrc", 12),
		"ask-scope":           s.Ask(push),
		"nobody-scope":        s.NobodyToAsk(push),
		"reads-only":          s.ReadsOnly(),
		"lfs-signs-in":        s.LFSSignsIn(thesis, ""),
		"lfs-signs-in-typed":  s.LFSSignsIn(thesis, "git config lfs.https://bitbucket.org/you/thesis.git/info/lfs.access basic"),
		"lfs-reads-netrc":     s.LFSReadsNetrc(thesis, "~/.netrc", 12, "git -C thesis checkout -f HEAD"),
		"type-instead":        s.TypeInstead("Git's output went to another program", "git fetch --recurse-submodules=yes"),
		"type-again":          s.TypeAgain("The alias sync is a script of its own"),
		"then":                s.Then("git -C thesis submodule update --init --recursive"),
		"other-is-asking":     s.OtherIsAsking(),
		"yes-or-no":           s.YesOrNo(),
	}
	for paste := bitbucket.CutOff; paste <= bitbucket.PastedKeys; paste++ {
		all[fmt.Sprintf("pasted-%d", paste)] = s.Pasted(paste)
	}
	for answer := bitbucket.AppPasswordRefused; answer <= bitbucket.Unreachable; answer++ {
		all[fmt.Sprintf("refused-%d", answer)] = s.Refused(answer, bitbucket.Write, thesis)
		all[fmt.Sprintf("no-help-%d", answer)] = s.NotAboutTokens(answer, thesis, false)
		all[fmt.Sprintf("not-checked-%d", answer)] = s.NotChecked(answer, thesis)
	}
	maps.Copy(all, causes(s))
	maps.Copy(all, keeping(s))
	all["refused-to-read"] = s.Refused(bitbucket.ScopeMissing, bitbucket.Read, thesis)
	maps.Copy(all, sshSayings(s))
	maps.Copy(all, setupSayings(s))
	return all
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, text := range sayings(Style{}) {
		file := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if text != string(want) {
			t.Errorf("%s:\n%s\nwant:\n%s", name, text, want)
		}
	}
}

func TestEveryGoldenFileIsSaid(t *testing.T) {
	t.Parallel()
	said := sayings(Style{})
	files, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		if _, ok := said[strings.TrimSuffix(filepath.Base(file), ".txt")]; !ok {
			t.Errorf("nobody says %s", file)
		}
	}
}

// A question has 15 lines at most, prompt included; lines obey the terminal, but
// for addresses and names that cannot be broken.
func TestLayout(t *testing.T) {
	t.Parallel()
	for _, width := range []int{0, 80, 40, 200} {
		limit := 80
		if width > 0 {
			limit = min(width, 80)
		}
		for name, text := range sayings(Style{Width: width}) {
			lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
			if limit == 80 && len(lines)+1 > 15 {
				t.Errorf("%s has %d lines", name, len(lines)+1)
			}
			for _, line := range lines {
				if name == "setup-writes" && strings.HasPrefix(line, "  ") {
					continue // a line of a file cannot be broken
				}
				if utf8.RuneCountInString(line) > limit && strings.Contains(strings.ReplaceAll(strings.TrimSpace(strings.TrimSuffix(line, " \\")), `\ `, ""), " ") {
					t.Errorf("%s at width %d: %q", name, width, line)
				}
				if strings.TrimRight(line, " ") != line {
					t.Errorf("%s: white space at the end of %q", name, line)
				}
			}
			if strings.Contains(text, "\x1b") {
				t.Errorf("%s has an escape code", name)
			}
		}
	}
}

func TestTheLinkStandsAlone(t *testing.T) {
	t.Parallel()
	s := Style{Link: func(url string) string { return "<" + url + ">" }}
	for line := range strings.SplitSeq(s.Ask(question(PasswordRefused)), "\n") {
		if strings.Contains(line, bitbucket.TokenPage) && strings.TrimSpace(line) != "<"+bitbucket.TokenPage+">" {
			t.Errorf("the link does not stand alone: %q", line)
		}
	}
}
