package realgit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/envconfig"
	"bbgit/shim_test/cloud"
)

// newGit is the real git with a home of its own.
func newGit(t *testing.T, config string, env ...string) *Git {
	t.Helper()
	home := t.TempDir()
	path, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(home, ".gitconfig"), config)
	return &Git{
		Path:   path,
		Helper: "!cat '" + filepath.Join(home, "answer") + "' #",
		Dir:    home,
		Env:    append([]string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM=1", "GIT_CEILING_DIRECTORIES=" + filepath.Dir(home)}, env...),
		Stderr: t.Output(),
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var request = credential.Message{{Key: "protocol", Value: "https"}, {Key: "host", Value: "bitbucket.org"}, {Key: "path", Value: "ws/r.git"}}

func TestFillAsksThePersonsHelpers(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[credential]\n\thelper = store\n")
	write(t, filepath.Join(g.Dir, ".git-credentials"), "https://you:old@bitbucket.org\nhttps://me:x@example.com\n")
	answer, found, err := g.Fill(t.Context(), request)
	if err != nil || !found || answer.Get("username") != "you" || answer.Get("password") != "old" {
		t.Errorf("found %v, %v, as %q", found, err, answer.Get("username"))
	}
}

func TestFillFindsNothingWithoutAWord(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[credential]\n\thelper = store\n")
	var said strings.Builder
	g.Stderr = &said
	if _, found, err := g.Fill(t.Context(), request); found || err != nil || said.Len() > 0 {
		t.Errorf("found %v, %v, said %q", found, err, said.String())
	}
}

func TestFillLetsHelpersSpeak(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[credential]\n\thelper = \"!echo please sign in >&2 #\"\n")
	var said strings.Builder
	g.Stderr = &said
	if _, found, err := g.Fill(t.Context(), request); found || err != nil || said.String() != "please sign in\n" {
		t.Errorf("found %v, %v, said %q", found, err, said.String())
	}
}

// The helper of the command line comes last, like git's own.
func TestFillKeepsTheCommandLine(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[credential]\n\thelper = \"!echo username=file; echo password=file #\"\n")
	g.Global = []string{"-c", "credential.helper=", "-c", "credential.helper=!echo username=line; echo password=line #"}
	if answer, _, _ := g.Fill(t.Context(), request); answer.Get("username") != "line" {
		t.Errorf("answered as %q", answer.Get("username"))
	}
}

// Our helper must not be asked by the git that we start ourselves.
func TestFillTakesTheInjectionOut(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[credential]\n\thelper = store\n")
	write(t, filepath.Join(g.Dir, "answer"), "username=us\npassword=us\n")
	write(t, filepath.Join(g.Dir, ".git-credentials"), "https://you:old@bitbucket.org\n")
	g.Env = envconfig.Add(g.Env, envconfig.HelperSettings(g.Helper)...)
	if answer, _, _ := g.Fill(t.Context(), request); answer.Get("username") != "you" {
		t.Errorf("answered as %q", answer.Get("username"))
	}
}

func TestOwnerAndRejectAt(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[credential]\n\thelper = store --file ~/one\n\thelper = store --file ~/two\n")
	one, two := filepath.Join(g.Dir, "one"), filepath.Join(g.Dir, "two")
	write(t, one, "https://you:good@example.com\n")
	write(t, two, "https://you:old@bitbucket.org\n# a line that is no credential\nhttps://you:other@example.com\n")
	owner, found := g.Owner(t.Context(), request, "old")
	if !found || owner != "store --file ~/two" {
		t.Fatalf("owner %q, %v", owner, found)
	}
	newer := append(request[:len(request):len(request)], credential.Attribute{Key: "username", Value: "you"}, credential.Attribute{Key: "password", Value: "older"})
	if done, err := g.RejectAt(t.Context(), owner, newer); done || err != nil {
		t.Errorf("rejected a password that the helper no longer holds: %v", err)
	}
	if done, err := g.RejectAt(t.Context(), owner, append(request, credential.Attribute{Key: "username", Value: "you"}, credential.Attribute{Key: "password", Value: "old"})); !done || err != nil {
		t.Fatal(done, err)
	}
	if got := read(t, two); got != "# a line that is no credential\nhttps://you:other@example.com\n" {
		t.Errorf("left %q", got)
	}
	if got := read(t, one); got != "https://you:good@example.com\n" {
		t.Errorf("touched another helper: %q", got)
	}
}

func TestHelpersForBitbucket(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{
		"credential.helper":                           true,
		"credential.https://bitbucket.org.helper":     true,
		"credential.https://bitbucket.org:443.helper": true,
		"credential.https://you@bitbucket.org.helper": true,
		"credential.https://bitbucket.org/ws.helper":  true,
		"credential.https://*.org.helper":             true,
		"credential.bitbucket.org.helper":             true,
		"credential.https://github.com.helper":        false,
		"credential.http://bitbucket.org.helper":      false,
		"credential.https://bitbucket.org.username":   false,
		"credential.usehttppath":                      false,
	} {
		if got := ConcernsBitbucket(key, "credential", "helper"); got != want {
			t.Errorf("%s: %v", key, got)
		}
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[remote \"origin\"]\n\turl = https://you:old@bitbucket.org/ws/r.git\n\turl = https://you@bitbucket.org/ws/other.git\n[flag]\n\ton\n")
	file := filepath.Join(g.Dir, ".gitconfig")
	entries, err := g.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 3 || entries[0].Key != "remote.origin.url" || entries[0].Scope != "global" || entries[0].File() != file {
		t.Fatalf("got %+v", entries)
	}
}

// Git tells where a setting stands as seen from the top, wherever one is.
func TestSettingsBelowTheTop(t *testing.T) {
	t.Parallel()
	g := newGit(t, "")
	for _, args := range [][]string{{"init", "-q", "clone"}, {"init", "-q", "--bare", "bare.git"}} {
		cmd := exec.Command(g.Path, args...)
		cmd.Dir, cmd.Env = g.Dir, g.Env
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	home := g.Dir
	if err := os.Mkdir(filepath.Join(home, "clone", "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	for folder, want := range map[string]string{"clone/sub": "clone/.git/config", "clone": "clone/.git/config", "bare.git/refs": "bare.git/config"} {
		g := *g
		g.Dir = filepath.Join(home, folder)
		entries, err := g.Settings(t.Context())
		if err != nil || len(entries) == 0 {
			t.Fatal(err)
		}
		if got := entries[len(entries)-1].File(); got != filepath.Join(home, want) {
			t.Errorf("in %s: %s", folder, got)
		}
	}
}

func TestAskTellsTheAnswers(t *testing.T) {
	t.Parallel()
	bb, err := cloud.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bb.Close() })
	bb.AddAccount(cloud.Account{Name: "you", Email: "you@example.com", Access: map[string]cloud.Right{"ws/*": cloud.Write}})
	secrets := map[string]string{"good": cloud.NewAPIToken(), "readonly": cloud.NewAPIToken(), "app": cloud.NewAppPassword()}
	bb.AddSecret(cloud.Secret{Label: "good", Value: secrets["good"], Account: "you", Scopes: cloud.ReadWrite})
	bb.AddSecret(cloud.Secret{Label: "readonly", Value: secrets["readonly"], Account: "you", Scopes: []string{cloud.ScopeRead}})
	bb.AddSecret(cloud.Secret{Label: "app", Value: secrets["app"], Kind: cloud.AppPassword, Account: "you"})
	faults := map[string]string{"ip": "403-ip", "twostep": "403-two-step", "plan": "402", "slow": "429", "down": "503"}
	for _, name := range []string{"r", "ip", "twostep", "plan", "slow", "down", "public", "later"} {
		if err := bb.AddRepository(cloud.Repository{Workspace: "ws", Name: name, Public: name == "public"}); err != nil {
			t.Fatal(err)
		}
		if key, ok := faults[name]; ok {
			answer, ok := cloud.Answers[key]
			if !ok {
				t.Fatalf("no answer %q", key)
			}
			bb.Fail(cloud.Fault{Answer: answer, Repository: "ws/" + name})
		}
	}
	bb.Fail(cloud.Fault{Answer: cloud.Answers["403-two-step"], Repository: "ws/later", Method: "POST"})
	for _, tc := range []struct {
		name, user, secret, repository string
		need                           bitbucket.Need
		want                           bitbucket.Answer
		text                           string
	}{
		{"a made-up token, public repository", bitbucket.APITokenUser, "none", "public", bitbucket.Read, bitbucket.Accepted, ""},
		{"an app password, public repository", "you", "app", "public", bitbucket.Write, bitbucket.AppPasswordRefused, ""},
		{"read with a refusal at the second request", bitbucket.APITokenUser, "good", "later", bitbucket.Read, bitbucket.TwoStepWanted, "enable two-step authentication"},
		{"write with one", bitbucket.APITokenUser, "good", "later", bitbucket.Write, bitbucket.TwoStepWanted, "enable two-step authentication"},
		{"write to the end", bitbucket.APITokenUser, "good", "r", bitbucket.Write, bitbucket.Accepted, ""},
		{"read", bitbucket.APITokenUser, "good", "r", bitbucket.Read, bitbucket.Accepted, ""},
		{"write", bitbucket.APITokenUser, "good", "r", bitbucket.Write, bitbucket.Accepted, ""},
		{"read with read only", bitbucket.APITokenUser, "readonly", "r", bitbucket.Read, bitbucket.Accepted, ""},
		{"write with read only", bitbucket.APITokenUser, "readonly", "r", bitbucket.Write, bitbucket.ScopeMissing, "privilege scopes"},
		{"a made-up token", bitbucket.APITokenUser, "none", "r", bitbucket.Read, bitbucket.CredentialRefused, "You may not have access"},
		{"the e-mail address", "you@example.com", "good", "r", bitbucket.Read, bitbucket.CredentialRefused, ""},
		{"an app password", "you", "app", "r", bitbucket.Read, bitbucket.AppPasswordRefused, "CHANGE-3222"},
		{"IP", bitbucket.APITokenUser, "good", "ip", bitbucket.Read, bitbucket.AddressNotAllowed, "whitelist"},
		{"two-step", bitbucket.APITokenUser, "good", "twostep", bitbucket.Read, bitbucket.TwoStepWanted, ""},
		{"plan", bitbucket.APITokenUser, "good", "plan", bitbucket.Write, bitbucket.PlanExceeded, ""},
		{"429", bitbucket.APITokenUser, "good", "slow", bitbucket.Read, bitbucket.TooManyRequests, ""},
		{"503", bitbucket.APITokenUser, "good", "down", bitbucket.Read, bitbucket.ServerTrouble, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			g := newGit(t, bb.GitConfig()+"[http]\n\tmaxRetries = 1\n", "LANG=de_DE.UTF-8")
			write(t, filepath.Join(g.Dir, "answer"), fmt.Sprintf("username=%s\npassword=%s\n", tc.user, secrets[tc.secret]+map[bool]string{true: "none"}[secrets[tc.secret] == ""]))
			got := g.Ask(t.Context(), Check{
				Repository: bitbucket.Repository{Workspace: "ws", Name: tc.repository}, Need: tc.need, User: tc.user,
				Second: strings.HasPrefix(tc.name, "read") || strings.HasPrefix(tc.name, "write "),
				Trace:  filepath.Join(g.Dir, "trace"),
			})
			if unsigned := tc.repository == "public" && tc.need == bitbucket.Read; got.Signed == unsigned {
				t.Errorf("the credential was sent: %v", got.Signed)
			}
			if got.Answer != tc.want || !strings.Contains(got.Text, tc.text) {
				t.Errorf("got %d %q, want %d\n%s", got.Answer, got.Text, tc.want, bb.Log())
			}
			if _, err := os.Stat(filepath.Join(g.Dir, "trace")); err == nil {
				t.Error("the trace was left behind")
			}
		})
	}
}

func TestAskWithoutANetwork(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[http]\n\tproxy = http://127.0.0.1:1\n")
	got := g.Ask(t.Context(), Check{Repository: bitbucket.Repository{Workspace: "ws", Name: "r"}, User: "u", Trace: filepath.Join(g.Dir, "trace")})
	if got.Answer != bitbucket.Unreachable {
		t.Errorf("got %d %q", got.Answer, got.Text)
	}
}
