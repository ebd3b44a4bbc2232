package doctor

import (
	"encoding/base64"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// home is the home folder in these tests: paths are shown as seen from there.
const home = "/home/you"

func TestMain(m *testing.M) {
	flag.Parse()
	for _, name := range []string{"HOME", "USERPROFILE"} {
		os.Setenv(name, home)
	}
	os.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	os.Exit(m.Run())
}

// The secrets of these tests, of each kind.
var (
	appPassword = "ATBB" + strings.Repeat("x7", 16)
	password    = "correct-horse"
	apiToken    = "ATATT3xFfGF0" + strings.Repeat("a-B_9", 34) + "b=1A2B3C4D"
	otherToken  = "ATATT3xFfGF0" + strings.Repeat("q-Q_1", 34) + "b=9F9F9F9F"
	accessToken = "ATCTT3xFfGN0" + strings.Repeat("a-B_9", 34) + "b=5A6B7C8D"
)

var (
	thesis = bitbucket.Repository{Workspace: "you", Name: "thesis"}
	now    = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
)

// entry is a setting in a file below home.
func entry(scope, file, key, value string) realgit.Entry {
	return realgit.Entry{Scope: scope, Origin: "file:" + home + "/" + file, Key: key, Value: value}
}

func global(key, value string) realgit.Entry { return entry("global", ".gitconfig", key, value) }

// cloneOf is a clone below home, with settings in pairs.
func cloneOf(name string, pairs ...string) Clone {
	file := name + "/.git/config"
	c := Clone{Path: home + "/" + name, Files: []File{{Path: home + "/" + file}}}
	for i := 0; i < len(pairs); i += 2 {
		c.Files[0].Entries = append(c.Files[0].Entries, entry("", file, pairs[i], pairs[i+1]))
	}
	return c
}

// well is a machine on which nothing is wrong.
func well() Facts {
	return Facts{
		Now:   now,
		Git:   Git{Path: "/usr/bin/git", Version: "2.39.5"},
		Reach: Reach{Shell: "bash", Aliases: []Alias{{"bash", home + "/.bashrc"}}},
		Clones: []Clone{cloneOf("thesis",
			"remote.origin.url", "https://you@bitbucket.org/you/thesis.git",
			"remote.ssh.url", "git@ssh.bitbucket.org:you/thesis.git",
			"remote.hub.url", "git@github.com:you/thesis.git")},
		Keyring: Keyring{Place: "your keyring", Items: []vault.Item{{
			Account: vault.Account{Name: "you"}, Username: bitbucket.APITokenUser, Token: secret.New(apiToken), Added: now.AddDate(0, -1, 0),
		}}},
		Verdicts: Verdicts{{bitbucket.APITokenUser, apiToken}: {true, bitbucket.Accepted, thesis}},
	}
}

// ailing is a machine with every ailment.
func ailing() Facts {
	refused := func(a bitbucket.Answer) Verdict { return Verdict{true, a, thesis} }
	basic := "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte("you:"+appPassword))
	f := Facts{
		Now: now, System: "windows",
		Git:   Git{Path: "/usr/bin/git", Version: "2.25.1"},
		Reach: Reach{Shell: "zsh", New: NewAlias{"zsh", "~/.zshrc", []string{"alias git=bbgit", "…"}}, Aliases: []Alias{{"bash", home + "/.bashrc"}}},
		Settings: []realgit.Entry{
			entry("system", "etc/gitconfig", "credential.helper", "manager"),
			global("credential.helper", "store"),
			global("credential.helper", "gone"),
			global("credential.helper", "slow"),
			global("credential.provider", "generic"),
			global("credential.https://bitbucket.org.username", "you@example.com"),
			global("credential.bitbucketauthmodes", "oauth"),
			global("url.https://you:"+appPassword+"@bitbucket.org/.insteadof", "bb:"),
			global("url.git@bitbucket.org:.insteadof", "bbs:"),
			global("http.https://bitbucket.org.extraheader", basic),
			global("http.sslverify", "false"),
			global("http.proxy", "http://me:hunter2@proxy.example.com:3128"),
		},
		Clones: []Clone{
			cloneOf("thesis",
				"remote.origin.url", "https://you:"+appPassword+"@bitbucket.org/you/thesis.git",
				"remote.origin.pushurl", "https://you:"+password+"@bitbucket.org/you/thesis.git",
				"remote.mail.url", "https://you%40example.com@bitbucket.org/you/thesis.git",
				"remote.ci.url", "https://x-token-auth:"+strings.Replace(accessToken, "=", "%3D", 1)+"@bitbucket.org/you/thesis.git",
				"remote.plain.url", "http://you@bitbucket.org/you/thesis.git",
				"remote.old.url", "git@bitbucket.org:you/thesis.git"),
			cloneOf("notes", "remote.origin.url", "https://you@bitbucket.org/you/notes.git"),
		},
		Kept: []Kept{
			{Helper: "store", File: home + "/.git-credentials", Line: 2, Text: "https://you:" + appPassword + "@bitbucket.org\n", User: "you", Secret: appPassword},
			{Helper: "manager", User: "you", Secret: password},
			{Helper: "manager", User: "you@example.com", Secret: apiToken},
			{Helper: "cache", User: "you", Secret: otherToken},
		},
		Netrc:   &Kept{File: home + "/.netrc", Line: 3, Text: "machine bitbucket.org login you password " + password + "\n", User: "you", Secret: password},
		SSH:     SSHConfig{home + "/.ssh/config", "Host work\n  HostName bitbucket.org\nHost bitbucket.org\n  IdentityFile ~/.ssh/bb\n"},
		Network: Network{Unverified: Variable{"GIT_SSL_NO_VERIFY", "1"}, Missing: []Missing{{File: "/etc/ssl/gone.pem"}}},
		Keyring: Keyring{Place: "your keyring", Variable: secret.New(apiToken), Items: []vault.Item{{
			Account: vault.Account{Name: "you"}, Username: bitbucket.APITokenUser, Token: secret.New(otherToken), Added: now.AddDate(0, -3, 0),
		}}},
		Swept: &Sweep{Folder: home, Folders: 40, Skipped: []Skipped{
			{home + "/locked", unreadable}, {home + "/lib", "its repository lies outside of the folder, at /srv/lib"},
		}},
		Verdicts: Verdicts{
			{"you", appPassword}:                     refused(bitbucket.AppPasswordRefused),
			{"you", password}:                        refused(bitbucket.CredentialRefused),
			{bitbucket.APITokenUser, otherToken}:     refused(bitbucket.CredentialRefused),
			{bitbucket.APITokenUser, apiToken}:       refused(bitbucket.Accepted),
			{bitbucket.AccessTokenUser, accessToken}: refused(bitbucket.Accepted),
		},
	}
	lib := File{Path: home + "/thesis/.git/modules/lib/config", Of: " of submodule 'lib'"}
	lib.Entries = []realgit.Entry{entry("", "thesis/.git/modules/lib/config", "remote.origin.url", "https://you:"+appPassword+"@bitbucket.org/you/lib.git")}
	modules := File{Path: home + "/thesis/.gitmodules", Tracked: true}
	modules.Entries = []realgit.Entry{entry("", "thesis/.gitmodules", "submodule.lib.url", "https://you:"+appPassword+"@bitbucket.org/you/lib.git")}
	f.Clones[0].Files = append(f.Clones[0].Files, lib, modules)
	f.Helpers = helpersOf(f.Settings, "")
	f.Helpers[0].Version, f.Helpers[2].Missing, f.Helpers[3].Silent = "2.6.1", true, true
	return f
}

// offline is the ailing machine without a network.
func offline() Facts {
	f := ailing()
	for key := range f.Verdicts {
		f.Verdicts[key] = Verdict{true, bitbucket.Unreachable, thesis}
	}
	return f
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, facts := range map[string]Facts{"well": well(), "ailing": ailing(), "offline": offline(), "nothing": {Now: now, Git: Git{Missing: "not in PATH"}, Keyring: Keyring{Place: "your keyring", Trouble: "there is no keyring here (no secret service on the session bus)", Remedy: "sudo apt install gnome-keyring"}}} {
		for _, width := range []int{80, 40} {
			style := words.Style{Width: width}
			findings := Judge(facts)
			text := Report(style, findings) + "\n" + Summary(style, findings, "bbgit bitbucket doctor --fix")
			if plan := Plan(findings); len(plan) > 0 {
				text += "\n" + ShownPlan(style, plan) + WhereUndoIs(style, plan, home+"/.config/bbgit/undo") +
					"\n" + Mended(style, plan[0], "7") + NotMended(style, plan[0], errNothing)
			}
			compare(t, name+"-"+number(width)+".txt", text)
			checkText(t, name, text, width)
		}
	}
}

func compare(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name)
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

// checkText looks for secrets, and for what a narrow or spoken terminal does not
// take.
func checkText(t *testing.T, name, text string, width int) {
	t.Helper()
	for _, x := range []string{appPassword, password, apiToken, otherToken, accessToken, "hunter2"} {
		if strings.Contains(text, x) {
			t.Errorf("%s shows a secret", name)
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		one := len(strings.Fields(strings.TrimSuffix(line, " \\"))) < 2 // a word that cannot be broken
		if len([]rune(line)) > width && !one && !strings.Contains(line, "'") {
			t.Errorf("%s at %d columns: %q", name, width, line)
		}
		if strings.ContainsAny(line, "\x1b\r\b") || strings.TrimRight(line, " ") != line {
			t.Errorf("%s: %q", name, line)
		}
	}
}

// Nothing is taken away that Bitbucket has not refused.
func TestNothingIsForgottenUnasked(t *testing.T) {
	t.Parallel()
	f := offline()
	f.Verdicts = nil
	for name, facts := range map[string]Facts{"no network": offline(), "no repository": f} {
		for _, fix := range Plan(Judge(facts)) {
			if fix.secret || fix.live != "" || fix.forget != nil {
				t.Errorf("%s: would %s", name, fix.What)
			}
		}
	}
}

// What is mended is well afterwards: each file's edit does what the next look
// would look for.
func TestEveryFixHasItsFinding(t *testing.T) {
	t.Parallel()
	if !Well(Judge(well())) {
		t.Error("the machine that is well is not")
	}
	findings := Judge(ailing())
	if Well(findings) {
		t.Error("the ailing machine is well")
	}
	for _, f := range findings {
		if f.State == Attention && f.Fix == nil && len(f.Commands) == 0 && !strings.Contains(f.What, "update") && !strings.Contains(f.What, "did not answer") {
			t.Errorf("nothing is said to do about: %s", f.What)
		}
		if f.State != Attention && f.Fix != nil {
			t.Errorf("mends what is well: %s", f.What)
		}
		if f.Check == "" || f.What == "" {
			t.Errorf("an empty finding: %+v", f)
		}
	}
}
