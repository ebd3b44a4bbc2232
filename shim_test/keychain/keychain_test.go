//go:build linux

package keychain

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const realTool = "/usr/bin/security"

// A mac is a keychain and a program that keeps tokens in it.
type mac struct {
	t      *testing.T
	folder string
}

func newMac(t *testing.T) mac {
	t.Helper()
	m := mac{t, t.TempDir()}
	m.build("security")
	m.build("keep", "-modfile", m.library(), "-overlay", m.overlay())
	return m
}

func (m mac) path(name string) string { return filepath.Join(m.folder, name) }

func (m mac) build(program string, flags ...string) {
	m.t.Helper()
	args := append([]string{"build", "-o", m.path(program)}, flags...)
	cmd := exec.Command("go", append(args, "./testdata/"+program)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := cmd.CombinedOutput(); err != nil {
		m.t.Fatalf("%v\n%s", err, said)
	}
}

// library makes a copy of go-keyring with its file for macOS in the place of the
// one for Linux, and a go.mod that takes it.
func (m mac) library() string {
	m.t.Helper()
	copied := m.path("go-keyring")
	if err := os.CopyFS(copied, os.DirFS(folderOf(m.t, "github.com/zalando/go-keyring"))); err != nil {
		m.t.Fatal(err)
	}
	m.forMac(filepath.Join(copied, "keyring_darwin.go"), filepath.Join(copied, "keyring_unix.go"))
	root := folderOf(m.t, "bbgit")
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			m.t.Fatal(err)
		}
		if name == "go.mod" {
			text = fmt.Appendf(text, "\nreplace github.com/zalando/go-keyring => %s\n", copied)
		}
		m.write(name, string(text))
	}
	return m.path("go.mod")
}

// overlay has each of bbgit's files for macOS in the place of the one for Linux.
func (m mac) overlay() string {
	m.t.Helper()
	folder := folderOf(m.t, "bbgit/auth/store")
	replaced := make(map[string]string)
	for linux, mac := range map[string]string{
		"bus_unix.go": "bus_other.go", "peek_unix.go": "peek_other.go", "set_other.go": "set_darwin.go",
	} {
		replaced[filepath.Join(folder, linux)] = m.path(linux)
		m.forMac(filepath.Join(folder, mac), m.path(linux))
	}
	text, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		m.t.Fatal(err)
	}
	m.write("overlay.json", string(text))
	return m.path("overlay.json")
}

// forMac copies a file, without the line that keeps it to macOS, and with our tool.
func (m mac) forMac(from, to string) {
	m.t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		m.t.Fatal(err)
	}
	source := strings.ReplaceAll(string(text), realTool, m.path("security"))
	source = strings.Replace(source, "//go:build !unix || darwin\n", "", 1)
	if err := os.WriteFile(to, []byte(source), 0o600); err != nil {
		m.t.Fatal(err)
	}
}

func folderOf(t *testing.T, pkg string) string {
	t.Helper()
	folder, err := exec.Command("go", "list", "-f", "{{.Dir}}", pkg).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(folder))
}

func (m mac) write(name, text string) {
	m.t.Helper()
	if err := os.WriteFile(m.path(name), []byte(text), 0o600); err != nil {
		m.t.Fatal(err)
	}
}

func (m mac) read(name string) string {
	text, _ := os.ReadFile(m.path(name))
	return string(text)
}

// keep calls the vault. Nothing of the tester's own is in reach.
func (m mac) keep(token string, args ...string) string {
	m.t.Helper()
	cmd := exec.Command(m.path("keep"), append([]string{m.path("bbgit")}, args...)...)
	cmd.Env = []string{"HOME=" + m.folder}
	cmd.Stdin = strings.NewReader(token + "\n")
	said, err := cmd.CombinedOutput()
	if err != nil {
		m.t.Fatalf("%v: %s", err, said)
	}
	return strings.TrimSpace(string(said))
}

const (
	token   = "ATATT3xFfGF0throw-away"
	another = "ATATT3xFfGF0another-one"
)

func TestLifeOfATokenInTheKeychain(t *testing.T) {
	t.Parallel()
	m := newMac(t)
	m.write("state", "unlocked")
	odd := `ATAT'"\ $(x) ü日本`
	for _, step := range []struct{ token, words, want string }{
		{token, "get you", "not found"},
		{token, "save you", "ok"},
		{token, "get you", "ok"},
		{another, "save you", "ok"},
		{another, "get you", "ok"},
		{odd, "save team/app", "ok"},
		{odd, "get team/app", "ok"},
		{strings.Repeat("x", 2500), "save long", "ok"},
		{strings.Repeat("x", 2500), "get long", "ok"},
		{strings.Repeat("x", 4096), "save long", "too big"},
		{strings.Repeat("x", 2500), "get long", "ok"},
		{token, "save ", "ok"},
		{token, "get ", "ok"},
		{"", "forget you", "ok"},
		{"", "forget you", "not found"},
		{"", "forget-all", "ok"},
		{odd, "get team/app", "not found"},
		{"", "forget-all", "ok"},
	} {
		if got := m.keep(step.token, strings.Split(step.words, " ")...); got != step.want {
			t.Errorf("%s: %s, want %s", step.words, got, step.want)
		}
	}
	if items := m.read("items"); items != "[]" {
		t.Errorf("left in the keychain: %s", items)
	}
	log := m.read("log")
	if strings.Contains(log, token) || strings.Contains(log, another) || strings.Contains(log, "base64") || !strings.Contains(log, `"bbgit: bitbucket.org"`) {
		t.Errorf("a token in the arguments, or no call at all:\n%s", log)
	}
}

// TestItemsOfOlderVersions are written as go-keyring wrote them once, in hexadecimal digits.
func TestItemsOfOlderVersions(t *testing.T) {
	t.Parallel()
	m := newMac(t)
	m.write("state", "unlocked")
	m.keep(token, "save", "you")
	var items []map[string]string
	if err := json.Unmarshal([]byte(m.read("items")), &items); err != nil || len(items) != 1 {
		t.Fatalf("%v, %d items", err, len(items))
	}
	if !strings.HasPrefix(items[0]["Password"], "go-keyring-base64:") {
		t.Errorf("kept as %q", items[0]["Password"])
	}
	const text = `{"token":"` + token + `","username":"you","added":"2026-11-23T09:30:00Z"}`
	const digits = "0123456789abcdef"
	encoded := "go-keyring-encoded:"
	for _, b := range []byte(text) {
		encoded += string([]byte{digits[b>>4], digits[b&15]})
	}
	items[0]["Password"] = encoded
	changed, err := json.Marshal(items)
	if err != nil {
		t.Fatal(err)
	}
	m.write("items", string(changed))
	if got := m.keep(token, "get", "you"); got != "ok" {
		t.Error(got)
	}
}

// TestTroubleWithTheKeychain: nothing is lost, nothing is believed to be kept that is not, and what is locked is called so.
func TestTroubleWithTheKeychain(t *testing.T) {
	t.Parallel()
	m := newMac(t)
	m.write("state", "unlocked")
	if got := m.keep(token, "save", "you"); got != "ok" {
		t.Fatal(got)
	}
	for _, c := range []struct{ state, get, replace, add string }{
		{"locked", "locked", "locked", "locked"},
		{"cancelled", "locked", "locked", "locked"},
		{"refused", "locked", "locked", "locked"},
		{"careless", "ok", "not saved", "not saved"},
	} {
		m.write("state", c.state)
		if got := m.keep(token, "get", "you"); got != c.get {
			t.Errorf("%s, get: %s, want %s", c.state, got, c.get)
		}
		if got := m.keep(another, "save", "you"); got != c.replace {
			t.Errorf("%s, replacing: %s, want %s", c.state, got, c.replace)
		}
		if got := m.keep(another, "save", "me"); got != c.add {
			t.Errorf("%s, adding: %s, want %s", c.state, got, c.add)
		}
	}
	m.write("state", "unlocked")
	if got := m.keep(token, "get", "you"); got != "ok" {
		t.Errorf("afterwards: %s", got)
	}
}
