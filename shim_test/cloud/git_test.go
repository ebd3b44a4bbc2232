package cloud_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"bbgit/shim_test/cloud"
)

func TestClonePushAndFetch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdGood()
	w.clone()
	w.logged(
		"GET bitbucket.org/acme/app.git/info/refs upload-pack - - 401",
		"GET bitbucket.org/acme/app.git/info/refs upload-pack x-bitbucket-api-token-auth token 200",
		"POST bitbucket.org/acme/app.git/git-upload-pack upload-pack x-bitbucket-api-token-auth token 200",
		"POST bitbucket.org/acme/app.git/git-upload-pack upload-pack x-bitbucket-api-token-auth token 200",
	)
	w.commit("mine")
	w.must("-C", "work", "push", "--quiet")
	w.logged(
		"GET bitbucket.org/acme/app.git/info/refs receive-pack - - 401",
		"GET bitbucket.org/acme/app.git/info/refs receive-pack x-bitbucket-api-token-auth token 200",
		"POST bitbucket.org/acme/app.git/git-receive-pack receive-pack x-bitbucket-api-token-auth token 200",
	)
	mine := w.must("-C", "work", "rev-parse", "HEAD")
	if tip := w.ref("acme/app", "refs/heads/main"); tip != mine {
		t.Errorf("main is at %s after the push, want %s", tip, mine)
	}
	if err := w.Commit("acme/app", "main", map[string]string{"theirs.txt": "theirs\n"}); err != nil {
		t.Fatal(err)
	}
	w.must("-C", "work", "pull", "--quiet", "--ff-only")
	if parent := w.must("-C", "work", "rev-parse", "HEAD^"); parent != mine {
		t.Errorf("the fetched commit is on top of %s, want %s", parent, mine)
	}
}

func (w *world) ref(repository, ref string) string {
	w.t.Helper()
	object, err := w.Ref(repository, ref)
	if err != nil {
		w.t.Fatal(err)
	}
	return object
}

// Above http.postBuffer git sends chunks (HTTP/1.1), or no length (HTTP/2).
func TestLargePush(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"HTTP/1.1", "HTTP/2"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.holdGood()
			w.clone()
			w.write("work/large", noise(3<<20))
			w.must("-C", "work", "add", "large")
			w.commit("large")
			w.must("-C", "work", "-c", "http.version="+version, "push", "--quiet")
			if w.ref("acme/app", "refs/heads/main") != w.must("-C", "work", "rev-parse", "HEAD") {
				t.Error("the push did not arrive")
			}
			proto := map[string]string{"HTTP/1.1": "HTTP/1.1", "HTTP/2": "HTTP/2.0"}[version]
			if w.Count(cloud.Request{Method: "POST", Service: cloud.ReceivePack, Proto: proto}) == 0 {
				t.Errorf("no push by %s:\n%+v", proto, w.Requests())
			}
		})
	}
}

// noise does not compress.
func noise(size int) string {
	var text strings.Builder
	for text.Len() < size {
		text.WriteString(cloud.NewAPIToken())
	}
	return text.String()
}

func TestPublicRepository(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.add(cloud.Repository{Workspace: "acme", Name: "open", Public: true})
	w.must("clone", "--quiet", "https://bitbucket.org/acme/open", "work")
	w.commit("mine")
	w.refused(128, "could not read Username", "-C", "work", "push")
	if n := w.Count(cloud.Request{Status: 401}); n != 1 {
		t.Errorf("%d challenges, want that of the push alone:\n%s", n, w.Log())
	}
}

func TestPartialCloneFetchesLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdGood()
	w.must("clone", "--quiet", "--filter=blob:none", "--no-checkout", app, "work")
	w.ForgetRequests()
	w.must("-C", "work", "checkout", "--quiet", "main")
	if w.Count(cloud.Request{Method: "POST", Service: cloud.UploadPack, Status: 200}) == 0 {
		t.Errorf("checkout fetched nothing:\n%s", w.Log())
	}
}

func TestSubmodules(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdGood()
	w.add(cloud.Repository{Workspace: "acme", Name: "whole", Submodules: []cloud.Submodule{
		{Path: "one", Repository: "acme/app"}, {Path: "deep/two", Repository: "acme/app"},
	}})
	w.must("clone", "--quiet", "--recurse-submodules", "https://bitbucket.org/acme/whole.git", "work")
	w.must("-C", "work/deep/two", "cat-file", "-e", "HEAD:hello.txt")
}

func TestBranchRule(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.add(cloud.Repository{Workspace: "acme", Name: "app", Hooks: map[string]string{"pre-receive": cloud.BranchRule("main")}})
	w.holdGood()
	w.clone()
	w.commit("mine")
	w.refused(1, "remote: Permission denied to update branch main.", "-C", "work", "push")
	w.refused(1, "(pre-receive hook declined)", "-C", "work", "push")
	w.must("-C", "work", "push", "--quiet", "origin", "HEAD:mine")
}

// The names of commits are the same in each server, so that a test may have
// them in its text.
func TestHistoryIsAlwaysTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.add(cloud.Repository{Workspace: "other", Name: "lib"})
	const main = "5eedc557a1331e4f4ab44a9d43b5ad92d28fbbb2"
	for _, repository := range []string{"acme/app", "other/lib"} {
		if tip := w.ref(repository, "refs/heads/main"); tip != main {
			t.Errorf("main of %s is at %s, want %s", repository, tip, main)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdGood()
	var all sync.WaitGroup
	for _, name := range []string{"a", "b", "c", "d"} {
		w.add(cloud.Repository{Workspace: "acme", Name: name})
		all.Go(func() {
			if r := w.git("clone", "--quiet", cloud.URL("acme/"+name), filepath.Join(w.home, name)); r.code != 0 {
				t.Errorf("clone %s: exit %d\n%s", name, r.code, r.stderr)
			}
		})
	}
	all.Wait()
	if n := w.Count(cloud.Request{Secret: "token", Status: 200}); n != 12 {
		t.Errorf("%d requests with the token, want 12:\n%s", n, w.Log())
	}
}
