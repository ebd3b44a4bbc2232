package cloud_test

import (
	"slices"
	"strings"
	"testing"

	"bbgit/shim_test/cloud"
)

func TestStrangersHaveTheirOwnPasswords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, host := range cloud.Strangers {
		if host == cloud.Plain {
			continue // see TestPlain
		}
		w.ForgetRequests()
		w.AddLogin(cloud.Login{Label: "of " + host, Host: host, Name: "me", Password: "password of " + host})
		w.offer(host, "me", "password of "+host)
		w.must("ls-remote", "https://"+host+"/acme/app.git")
		if w.Count(cloud.Request{Host: host, User: "me", Secret: "of " + host, Status: 200}) == 0 {
			t.Errorf("log:\n%s", w.Log())
		}
		w.offer(host, "me", "mistyped")
		w.refused(128, "remote: Authentication failed at "+host, "ls-remote", "https://"+host+"/acme/app.git")
	}
	if leaks := w.Leaks(); len(leaks) > 0 {
		t.Errorf("no secret of Bitbucket's was sent, but: %v", leaks)
	}
}

func TestLeaks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := cloud.NewAPIToken()
	w.AddSecret(cloud.Secret{Label: "token", Value: token, Account: "you", Scopes: cloud.ReadWrite})
	w.offer("github.com", "you", token)
	w.refused(128, "Authentication failed for", "ls-remote", "https://github.com/acme/app.git")
	w.write(".gitconfig", "[http]\n\textraHeader = X-Whatever: a "+token+" b\n")
	w.git("ls-remote", "https://bitbucket.org.example.com/acme/app.git")
	w.git("ls-remote", "https://bitbucket.org/acme/app.git")
	w.write(".gitconfig", "")
	w.git("ls-remote", "http://bitbucket.org/acme/app.git/"+token)

	var got []string
	for _, leak := range w.Leaks() {
		got = append(got, leak.Host+" "+leak.Secret)
	}
	want := []string{"github.com token", "bitbucket.org.example.com token", "http://bitbucket.org token"}
	if !slices.Equal(got, want) {
		t.Errorf("leaks %q, want %q", got, want)
	}
	if strings.Contains(w.Log(), token) {
		t.Error("the token is in the log")
	}
}

// Nothing of a secret is in the log, even where git was told to use one as a user name.
func TestSecretAsUserName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := cloud.NewAPIToken()
	w.AddSecret(cloud.Secret{Label: "token", Value: token, Account: "you", Scopes: cloud.ReadWrite})
	w.offer("bitbucket.org", token, "x")
	w.refused(128, "Authentication failed for", "ls-remote", app)
	w.logged(
		"GET bitbucket.org/acme/app.git/info/refs upload-pack - - 401",
		"GET bitbucket.org/acme/app.git/info/refs upload-pack %2A%2A%2A%2A token 401",
	)
}

func TestPlain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdGood()
	w.refused(128, "could not read Username", "ls-remote", "http://bitbucket.org/acme/app.git")
	w.logged("GET http://bitbucket.org/acme/app.git/info/refs upload-pack - - 401")
}

func TestUnknownHostsAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refused(128, "403", "ls-remote", "https://api.bitbucket.org/acme/app.git")
	w.refused(128, "error: 403", "ls-remote", "http://example.com/acme/app.git")
	w.logged("CONNECT api.bitbucket.org - - - 403", "GET http://example.com - - - 403")
}

// How a name is typed is not how the server sees it.
func TestSpelling(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.add(cloud.Repository{Workspace: "acme", Name: "open", Public: true})
	for _, url := range []string{"https://BitBucket.org/acme/open.git", "https://bitbucket.org:443/acme/open"} {
		w.ForgetRequests()
		w.must("ls-remote", url)
		if w.Count(cloud.Request{Host: cloud.Home, Service: cloud.UploadPack, Status: 200}) == 0 {
			t.Errorf("%s:\n%s", url, w.Log())
		}
	}
}

// The configuration does as well, where the environment says nothing else.
func TestGitConfig(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.add(cloud.Repository{Workspace: "acme", Name: "open", Public: true})
	w.write(".gitconfig", w.GitConfig())
	cmd := w.command("ls-remote", cloud.URL("acme/open"))
	cmd.Env = slices.DeleteFunc(cmd.Env, func(line string) bool {
		return slices.ContainsFunc(append(w.Environment(), "GIT_SSL_CAINFO=", "ALL_PROXY=", "all_proxy="), func(ours string) bool {
			return variable(line) == variable(ours)
		})
	})
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func variable(line string) string {
	name, _, _ := strings.Cut(line, "=")
	return name
}
