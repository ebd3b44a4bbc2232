package doctor

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/store"
	"bbgit/auth/vault"
)

// memory is a store for one test.
type memory map[string]string

func (m memory) Get(_ context.Context, name string) (string, error) {
	text, ok := m[name]
	if !ok {
		return "", store.ErrNotFound
	}
	return text, nil
}
func (m memory) Set(_ context.Context, name, text string) error { m[name] = text; return nil }
func (m memory) Delete(_ context.Context, name string) error    { delete(m, name); return nil }
func (m memory) DeleteAll(_ context.Context, _ []string) error  { clear(m); return nil }
func vaultOf(t *testing.T, m memory) *vault.Vault {
	return vault.Open(vault.Options{
		Dir:    t.TempDir(),
		Stores: func(string) (store.Store, error) { return m, nil },
		Chosen: func(context.Context) (string, error) { return store.Keyring, nil },
	})
}

func menderIn(t *testing.T, folder string) Mender {
	return Mender{Dir: filepath.Join(folder, "bbgit"), Vault: vaultOf(t, memory{}), Git: gitFor(t, folder), Now: func() time.Time { return now }}
}

// What would undo a change must hold no token that may work, wherever in the lines it stands.
func TestTokenBesideADeadPassword(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "config")
	before := "[remote \"origin\"]\n\turl = https://" + apiToken + ":old@bitbucket.org/you/thesis.git\n"
	write(t, file, before)
	m := menderIn(t, folder)
	fix := &Fix{What: "take it out", File: file, edit: replacing(apiToken+":old@", "")}
	if _, err := m.Mend(t.Context(), fix); !errors.Is(err, errTokenBeside) || read(t, file) != before {
		t.Errorf("%v, the file is changed: %v", err, read(t, file) != before)
	}
	if names := m.Undoable(); len(names) != 0 {
		t.Errorf("a record is left: %v", names)
	}
}

// A live token is in the keyring before it leaves the URL, and never in the undo,
// which puts it back all the same.
func TestMendLiveToken(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "config")
	before := "[remote \"origin\"]\n\turl = https://you:" + strings.Replace(apiToken, "=", "%3D", 1) + "@bitbucket.org/you/thesis.git\n"
	write(t, file, before)
	m := menderIn(t, folder)
	e := realgit.Entry{Origin: "file:" + file, Key: "remote.origin.url", Value: strings.TrimSpace(strings.SplitN(before, "= ", 2)[1])}
	f := Facts{Clones: []Clone{{Path: folder, Files: []File{{Path: file, Entries: []realgit.Entry{e}}}}},
		Verdicts: Verdicts{{bitbucket.APITokenUser, apiToken}: {true, bitbucket.Accepted, thesis}}}
	plan := Plan(judgeURLs(f))
	if len(plan) != 1 || plan[0].keep == nil {
		t.Fatalf("%d changes", len(plan))
	}
	name, err := m.Mend(t.Context(), plan[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, file); got != "[remote \"origin\"]\n\turl = https://you@bitbucket.org/you/thesis.git\n" {
		t.Errorf("%q", got)
	}
	item, err := m.Vault.Get(t.Context(), vault.Account{Name: "you"})
	if err != nil || !item.Token.Equal(secret.New(apiToken)) {
		t.Errorf("not kept: %v", err)
	}
	kept := read(t, m.path(name))
	if strings.Contains(kept, apiToken[:40]) {
		t.Error("the token is in the undo")
	}
	if _, err := m.Undo(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	if got := read(t, file); strings.Replace(got, apiToken, strings.Replace(apiToken, "=", "%3D", 1), 1) != before {
		t.Errorf("%d bytes, not %d", len(got), len(before))
	}
	if _, err := m.Undo(t.Context(), name); !errors.Is(err, ErrNoUndo) {
		t.Errorf("undone twice: %v", err)
	}
}

// What undoes is for the person alone, keeps the file's rights, and is kept where
// undo fails.
func TestUndoIsPrivateAndCareful(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, ".netrc")
	write(t, file, "machine bitbucket.org login you password "+password+"\n")
	m := menderIn(t, folder)
	fix := &Fix{What: "x", File: file, edit: replacing(read(t, file), ""), secret: true}
	name, err := m.Mend(t.Context(), fix)
	if err != nil || read(t, file) != "" {
		t.Fatalf("%v, %q", err, read(t, file))
	}
	if info, err := os.Stat(m.path(name)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if _, err := m.Mend(t.Context(), fix); !errors.Is(err, errNothing) {
		t.Errorf("mended twice: %v", err)
	}
	if names := m.Undoable(); len(names) != 1 {
		t.Errorf("%q can be undone", names)
	}
	fix = &Fix{What: "y", File: filepath.Join(folder, "new"), edit: withLine("alias git=bbgit")}
	added, err := m.Mend(t.Context(), fix)
	if err != nil {
		t.Fatal(err)
	}
	write(t, fix.File, "something else\n")
	if _, err := m.Undo(t.Context(), added); !errors.Is(err, errChangedSince) {
		t.Errorf("%v", err)
	}
	write(t, fix.File, "alias git=bbgit\n")
	if _, err := m.Undo(t.Context(), added); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(fix.File); !os.IsNotExist(err) {
		t.Error("the file that was made is left")
	}
}

// A helper that gives the same whatever it is told is left alone, and nothing of
// the attempt stays behind.
func TestHelperThatDoesNotForget(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	m := menderIn(t, folder)
	helper := realgit.KeepingHelper("!f() { printf 'username=you\\npassword=" + password + "\\n'; }; f")
	fix := &Fix{What: "x", helper: helper, forget: message(password)}
	if name, err := m.Mend(t.Context(), fix); err == nil {
		t.Errorf("it has forgotten: %s", name)
	}
	if names := m.Undoable(); len(names) != 0 {
		t.Errorf("%q can be undone", names)
	}
}

// A helper that keeps nothing else is left alone: what it forgot would be lost.
func TestHelperThatKeepsNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	m := menderIn(t, folder)
	helper := realgit.KeepingHelper("!f() { grep -q host=bitbucket.org && printf 'username=you\\npassword=" + password + "\\n'; }; f")
	_, err := m.Mend(t.Context(), &Fix{What: "x", helper: helper, forget: message(password)})
	if err == nil || !strings.Contains(err.Error(), "left alone") {
		t.Errorf("%v", err)
	}
}

func message(password string) credential.Message {
	return credential.Message{{Key: "protocol", Value: "https"}, {Key: "host", Value: bitbucket.Host}, {Key: "username", Value: "you"}, {Key: "password", Value: password}}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
