package cloud_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bbgit/shim_test/cloud"
	"bbgit/shim_test/need"
)

const big = "https://bitbucket.org/acme/big.git"

func newLFSWorld(t *testing.T) *world {
	t.Helper()
	need.Programs(t, "git-lfs")
	w := newWorld(t)
	w.add(cloud.Repository{Workspace: "acme", Name: "big", LFS: map[string]string{"data/large.bin": "large\n"}})
	w.holdGood()
	w.must("lfs", "install", "--skip-repo")
	return w
}

func (w *world) holds(name, want string) {
	w.t.Helper()
	got, err := os.ReadFile(filepath.Join(w.home, name))
	if err != nil || string(got) != want {
		w.t.Errorf("%s: %q, %v; want %q", name, got, err, want)
	}
}

func TestLFS(t *testing.T) {
	t.Parallel()
	w := newLFSWorld(t)
	w.must("clone", "--quiet", big, "work")
	w.holds("work/data/large.bin", "large\n")

	w.write("work/data/large.bin", "larger\n")
	w.must("-C", "work", "add", ".")
	w.commit("larger")
	w.must("-C", "work", "push", "--quiet")
	for _, wanted := range []cloud.Request{
		{Service: cloud.LFSDownload, Status: 401},
		{Service: cloud.LFSDownload, Secret: "token", Status: 200},
		{Service: cloud.LFSLocks, Secret: "token", Status: 404},
		{Service: cloud.LFSUpload, Secret: "token", Status: 200},
		{Method: "PUT", Host: cloud.Storage, Secret: "storage-key", Status: 200},
		{Method: "POST", Host: cloud.Storage, Secret: "storage-key", Status: 200},
	} {
		if w.Count(wanted) == 0 {
			t.Errorf("no %+v in the log:\n%s", wanted, w.Log())
		}
	}
	if leaks := w.Leaks(); len(leaks) > 0 {
		t.Errorf("the token went to the storage host: %v", leaks)
	}
	w.must("clone", "--quiet", big, "again")
	w.holds("again/data/large.bin", "larger\n")
}

func TestLFSRefusals(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault cloud.Fault
		want  string
	}{
		// git-lfs does not ask for a credential after a 403.
		{"403 instead of a challenge", cloud.Fault{Answer: cloud.Answers["403"], Service: cloud.LFSDownload, From: cloud.Anonymous}, "Authorization error"},
		{"missing scope", cloud.Fault{Answer: cloud.Answers["403-scopes"], Service: cloud.LFSDownload}, "Authorization error"},
		{"app password", cloud.Fault{Answer: cloud.Answers["410"], Service: cloud.LFSDownload}, "HTTP 410"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newLFSWorld(t)
			w.Fail(test.fault)
			w.refused(128, test.want, "clone", big, "work")
			w.ClearFaults()
			w.must("-C", "work", "checkout", "--force", "HEAD")
			w.holds("work/data/large.bin", "large\n")
		})
	}
}

// The scopes of a batch are those of the operation that it asks for.
func TestLFSScopes(t *testing.T) {
	t.Parallel()
	w := newLFSWorld(t)
	w.hold("you", cloud.Secret{Label: "reader", Value: cloud.NewAPIToken(), Account: "you", Scopes: []string{cloud.ScopeRead}})
	w.must("clone", "--quiet", big, "work")
	w.write("work/data/large.bin", "larger\n")
	w.must("-C", "work", "add", ".")
	w.commit("larger")
	r := w.git("-C", "work", "lfs", "push", "--all", "origin", "main")
	if r.code != 2 || !strings.Contains(r.stderr, "Authorization error") {
		t.Errorf("exit %d\n%s", r.code, r.stderr)
	}
	if w.Count(cloud.Request{Service: cloud.LFSUpload, Secret: "reader", Status: 403}) == 0 {
		t.Errorf("log:\n%s", w.Log())
	}
}
