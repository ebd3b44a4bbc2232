package cloud_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bbgit/shim_test/cloud"
)

const app = "https://bitbucket.org/acme/app.git"

// world is a server with one repository, a person called you, and a git that
// knows nothing but that server.
type world struct {
	*cloud.Cloud
	t    *testing.T
	home string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	bb, err := cloud.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := bb.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{Cloud: bb, t: t, home: t.TempDir()}
	w.add(cloud.Repository{Workspace: "acme", Name: "app"})
	w.AddAccount(cloud.Account{Name: "you", Email: "you@example.com", Access: map[string]cloud.Right{"acme/*": cloud.Write}})
	// Without the limit git 2.55 repeats what was answered 429 for ever.
	w.write(".gitconfig", "[user]\n\tname = You\n\temail = you@example.com\n"+
		"[credential]\n\thelper = store\n[http]\n\tmaxRetries = 1\n")
	return w
}

func (w *world) add(r cloud.Repository) {
	w.t.Helper()
	if err := w.AddRepository(r); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) write(name, content string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.home, name), []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// hold puts a secret into the server, and into the person's git under a user name.
func (w *world) hold(user string, s cloud.Secret) {
	w.t.Helper()
	w.AddSecret(s)
	w.offer("bitbucket.org", user, s.Value)
}

// offer makes git send this, and nothing else, to a host.
func (w *world) offer(host, user, value string) {
	w.t.Helper()
	user = strings.ReplaceAll(user, "@", "%40")
	value = strings.ReplaceAll(value, "=", "%3d")
	w.write(".git-credentials", "https://"+user+":"+value+"@"+host+"\n")
}

func (w *world) holdGood() {
	w.t.Helper()
	w.hold(cloud.APITokenUser, cloud.Secret{Label: "token", Value: cloud.NewAPIToken(), Account: "you", Scopes: cloud.ReadWrite})
}

// result is how a git ended.
type result struct {
	code   int
	stdout string
	stderr string
}

func (w *world) command(args ...string) *exec.Cmd {
	cmd := exec.Command("git", args...)
	cmd.Dir = w.home
	cmd.Env = append(os.Environ(), "HOME="+w.home, "XDG_CONFIG_HOME="+w.home, "LC_ALL=C",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+filepath.Join(w.home, ".gitconfig"),
		"GIT_CEILING_DIRECTORIES="+filepath.Dir(w.home), "GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=", "SSH_ASKPASS=",
		"GIT_LFS_SKIP_SMUDGE=")
	cmd.Env = append(cmd.Env, w.Environment()...)
	return cmd
}

func (w *world) git(args ...string) result {
	w.t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := w.command(args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// must runs a git that has to succeed.
func (w *world) must(args ...string) string {
	w.t.Helper()
	r := w.git(args...)
	if r.code != 0 {
		w.t.Fatalf("git %s: exit %d\n%s\n%s", strings.Join(args, " "), r.code, r.stderr, w.Log())
	}
	return strings.TrimSpace(r.stdout)
}

// refused runs a git that has to end with code and say text.
func (w *world) refused(code int, text string, args ...string) {
	w.t.Helper()
	r := w.git(args...)
	if r.code != code || !strings.Contains(r.stderr, text) {
		w.t.Errorf("git %s: exit %d, want %d and %q\n%s\n%s", strings.Join(args, " "), r.code, code, text, r.stderr, w.Log())
	}
}

// logged compares the log, and empties it.
func (w *world) logged(want ...string) {
	w.t.Helper()
	got := strings.Split(strings.TrimSuffix(w.Log(), "\n"), "\n")
	if !slices.Equal(got, want) {
		w.t.Errorf("log:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	w.ForgetRequests()
}

// clone makes a clone called work.
func (w *world) clone() {
	w.t.Helper()
	w.must("clone", "--quiet", app, "work")
}

// commit makes one in the clone.
func (w *world) commit(message string) {
	w.t.Helper()
	w.must("-C", "work", "commit", "--quiet", "--allow-empty", "-m", message)
}
