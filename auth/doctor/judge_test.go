package doctor

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/vault"
)

// only are the findings of one concern.
func only(findings []Finding, check string) (list []Finding) {
	for _, f := range findings {
		if f.Check == check {
			list = append(list, f)
		}
	}
	return list
}

func TestAliases(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		"alias git=bbgit\n":                      true,
		"  alias git='bbgit'":                    true,
		`alias git="/home/you/go/bin/bbgit"`:     true,
		"alias git bbgit":                        true,
		"alias --save git=bbgit":                 true,
		"alias git = bbgit":                      true,
		"Set-Alias git bbgit":                    true,
		"Set-Alias -Name git -Value bbgit":       true,
		"bbgit $argv":                            true,
		"# alias git=bbgit":                      false,
		"alias git=hub":                          false,
		"alias g=bbgit":                          false,
		"alias gitk=bbgit":                       false,
		"compdef bbgit=git":                      false,
		"export PATH=\"$PATH:/opt/bbgit\" # git": false,
	} {
		if isAlias(line) != want {
			t.Errorf("%q: %v", line, !want)
		}
	}
}

func TestReach(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write(t, filepath.Join(folder, ".bashrc"), "# alias git=bbgit\n")
	write(t, filepath.Join(folder, ".config", "fish", "functions", "git.fish"), "function git --wraps=bbgit\n  bbgit $argv\nend\n")
	zdot := t.TempDir()
	write(t, filepath.Join(zdot, ".zshrc"), "alias git=bbgit\n")
	for shell, want := range map[string]State{"/bin/bash": Attention, "/usr/bin/fish": OK, "/bin/zsh": OK, "/bin/dash": Attention} {
		r := examineReach(folder, "/no/bbgit", func(name string) string {
			return map[string]string{"SHELL": shell, "ZDOTDIR": zdot}[name]
		})
		if got := (Facts{Reach: r}).judgeTyped(); got.State != want {
			t.Errorf("%s: %+v", shell, got)
		}
	}
}

// Who types git is well served by an alias; that no other program is, is said and is no defect.
func TestOtherPrograms(t *testing.T) {
	t.Parallel()
	const ours, command = "!'/opt/bbgit' bitbucket helper", "bbgit bitbucket setup"
	for name, tc := range map[string]struct {
		change func(*Facts)
		told   bool
		well   bool
	}{
		"an alias alone":      {func(*Facts) {}, true, true},
		"the name git":        {func(f *Facts) { f.Reach.InPath = "/opt/git" }, false, true},
		"a token of a helper": {func(f *Facts) { f.Kept = []Kept{{Helper: "cache", User: "you", Secret: apiToken}} }, false, true},
		"set up":              {func(f *Facts) { f.Settings = []realgit.Entry{global("credential.helper", ours)} }, false, true},
		"set up for one clone": {func(f *Facts) {
			f.Helpers = []Helper{{Entry: global("credential.helper", ours), Clone: home + "/thesis", Ours: true}}
		}, true, true},
		"a helper behind ours": {func(f *Facts) {
			f.Settings = []realgit.Entry{global("credential.helper", ours), global("credential.helper", "cache")}
		}, true, false},
	} {
		f := well()
		tc.change(&f)
		f.Helpers = append(f.Helpers, helpersOf(f.Settings, "")...)
		findings := Judge(f)
		told := slices.ContainsFunc(findings, func(found Finding) bool { return slices.Contains(found.Commands, command) })
		if told != tc.told || Well(findings) != tc.well {
			t.Errorf("%s: %+v", name, findings)
		}
	}
}

// A command to copy has nothing in it that only some shells read.
func TestEditor(t *testing.T) {
	t.Parallel()
	file := home + "/.netrc"
	for want, f := range map[string]Facts{
		"nano ~/.netrc":          {System: "linux"},
		"code --wait ~/.netrc":   {System: "linux", Editor: "code --wait"},
		"open -e ~/.netrc":       {System: "darwin", Editor: "vi"},
		`notepad "$HOME/.netrc"`: {System: "windows", Editor: "vi"},
	} {
		if got := f.editor(file); got != want {
			t.Errorf("%s, and not %s", got, want)
		}
	}
}

func TestGitVersions(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]State{"2.31.0": OK, "2.55.1": OK, "3.0": OK, "2.30.9": Attention, "1.9": Attention, "": OK} {
		if got := judgeGit(Facts{Git: Git{Path: "/git", Version: version}}); got[0].State != want {
			t.Errorf("%q: %v", version, got[0])
		}
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	answered := func(a bitbucket.Answer) Verdict { return Verdict{true, a, thesis} }
	for _, tc := range []struct {
		name    string
		item    vault.Item
		verdict Verdict
		state   State
		says    string
	}{
		{"works", vault.Item{}, answered(bitbucket.Accepted), OK, "takes it at you/thesis"},
		{"works for a while", vault.Item{Expires: now.AddDate(0, 0, 3)}, answered(bitbucket.Accepted), Note, "expires on 2026-11-27"},
		{"has expired", vault.Item{Expires: now.AddDate(0, 0, -3)}, Verdict{}, Attention, "has expired"},
		{"is refused", vault.Item{}, answered(bitbucket.CredentialRefused), Attention, "refused by Bitbucket"},
		{"was refused once, and works", vault.Item{Refused: now}, answered(bitbucket.Accepted), OK, "takes it"},
		{"was refused, and nobody answers", vault.Item{Refused: now}, answered(bitbucket.Unreachable), Attention, "was refused"},
		{"has no scope", vault.Item{}, answered(bitbucket.ScopeMissing), Attention, bitbucket.ScopeRead},
		{"is too old", vault.Item{Added: now.AddDate(-2, 0, 0)}, Verdict{}, Attention, "older than a year"},
		{"is not asked about", vault.Item{}, Verdict{}, OK, "was not checked"},
	} {
		tc.item.Username, tc.item.Token = bitbucket.APITokenUser, secret.New(apiToken)
		if tc.item.Added.IsZero() {
			tc.item.Added = now.AddDate(0, -1, 0)
		}
		got := judgeToken(Facts{Now: now, Verdicts: Verdicts{{bitbucket.APITokenUser, apiToken}: tc.verdict}}, tc.item)
		if got.State != tc.state || !strings.Contains(got.What, tc.says) || (got.State == Attention) != (len(got.Commands) > 0) && got.State != Note {
			t.Errorf("%s: %+v", tc.name, got)
		}
	}
}

// A live token in a URL goes to the keyring, unless it would take another one's
// place there.
func TestLiveTokenInURL(t *testing.T) {
	t.Parallel()
	f := well()
	f.Clones = []Clone{cloneOf("thesis", "remote.origin.url", "https://you:"+apiToken+"@bitbucket.org/you/thesis.git")}
	for _, tc := range []struct {
		name    string
		keyring Keyring
		mended  bool
		kept    bool
	}{
		{"no other", Keyring{}, true, true},
		{"the same", f.Keyring, true, false},
		{"another", Keyring{Items: []vault.Item{{Account: vault.Account{Name: "you"}, Token: secret.New(otherToken), Added: now}}}, false, false},
		{"no keyring", Keyring{Trouble: "no keyring"}, false, false},
	} {
		f.Keyring = tc.keyring
		got := only(Judge(f), checkURL)
		if len(got) != 1 || got[0].State != Attention || (got[0].Fix != nil) != tc.mended || tc.mended && (got[0].Fix.keep != nil) != tc.kept {
			t.Errorf("%s: %+v", tc.name, got)
		}
	}
}

// A rule of the person's that leads elsewhere is what counts.
func TestSSHThroughARule(t *testing.T) {
	t.Parallel()
	f := well()
	f.Clones = []Clone{cloneOf("thesis", "remote.origin.url", "git@bitbucket.org:you/thesis.git")}
	if got := only(Judge(f), checkSSH); len(got) != 2 || got[0].Fix == nil {
		t.Errorf("without a rule: %+v", got)
	}
	f.Settings = []realgit.Entry{global("url.https://bitbucket.org/.insteadof", "git@bitbucket.org:")}
	if got := only(Judge(f), checkSSH); len(got) != 0 {
		t.Errorf("with a rule: %+v", got)
	}
}

func TestSSHConfig(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"Host work\n\tHostName bitbucket.org\n":           1,
		"Host work\n\thostname = bitbucket.org # old\n":   1,
		"Host bitbucket.org\n\tUser git\n":                1,
		"Host bitbucket.org ssh.bitbucket.org\n":          0,
		"Host bitbucket.org\nHost ssh.bitbucket.org\n":    0,
		"Host bitbucket.org *.bitbucket.org\n":            0,
		"Host github.com\n\tHostName ssh.github.com\n":    0,
		"# Host bitbucket.org\n#HostName bitbucket.org\n": 0,
		"": 0,
	} {
		all := SSHConfig{home + "/.ssh/config", text}.judge(Facts{})
		if len(all) != want {
			t.Errorf("%q: %+v", text, all)
		}
		for _, f := range all {
			mended, err := f.Fix.edit(text)
			if err != nil || len(SSHConfig{"", mended}.judge(Facts{})) != 0 {
				t.Errorf("%q became %q, %v", text, mended, err)
			}
		}
	}
}

func TestMaskedProxy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"http://proxy:3128":               "http://proxy:3128",
		"proxy:3128":                      "http://proxy:3128",
		"http://me:hunter2@proxy:3128/":   "http://me:****@proxy:3128",
		"socks5h://me:a%40b@proxy":        "socks5h://me:****@proxy",
		"http://%zz@proxy":                "****",
		"http://proxy/?password=hunter2":  "http://proxy",
		"http://token@proxy.example.com/": "http://****@proxy.example.com",
	} {
		if got := maskedProxy(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// The more specific setting counts, and a clone may have one of its own.
func TestUnverified(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		facts Facts
		want  int
	}{
		{"nothing", Facts{}, 0},
		{"for all", Facts{Settings: []realgit.Entry{global("http.sslverify", "false")}}, 1},
		{"not for Bitbucket", Facts{Settings: []realgit.Entry{global("http.https://bitbucket.org.sslverify", "true"), global("http.sslverify", "0")}}, 0},
		{"for another host", Facts{Settings: []realgit.Entry{global("http.https://git.example.com.sslverify", "false")}}, 0},
		{"taken back", Facts{Settings: []realgit.Entry{global("http.sslverify", "false"), global("http.sslverify", "true")}}, 0},
		{"for one clone", Facts{Clones: []Clone{cloneOf("thesis", "http.sslverify", "no"), cloneOf("notes")}}, 1},
	} {
		if got := tc.facts.unverified(); len(got) != tc.want {
			t.Errorf("%s: %+v", tc.name, got)
		}
	}
}

// An empty value drops the headers before it.
func TestHeaders(t *testing.T) {
	t.Parallel()
	basic := global("http.extraheader", "AUTHORIZATION: basic eW91OmNvcnJlY3QtaG9yc2U=")
	if got := headers([]realgit.Entry{basic}); len(got) != 1 || got[0].user != "you" || got[0].secret != password {
		t.Errorf("%d", len(got))
	}
	if got := headers([]realgit.Entry{basic, global("http.extraheader", "")}); len(got) != 0 {
		t.Errorf("%d", len(got))
	}
	bearer := headers([]realgit.Entry{global("http.https://bitbucket.org/.extraheader", "Authorization: Bearer xyz"), global("http.extraheader", "X-Trace: 1")})
	if len(bearer) != 1 || bearer[0].secret != "" {
		t.Errorf("%d", len(bearer))
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
