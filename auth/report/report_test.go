package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bbgit/auth/realgit"
)

func TestSetting(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"remote.origin.url", "https://you:hunter2@bitbucket.org/you/thesis.git", "remote.origin.url is https://****@bitbucket.org/you/thesis.git"},
		{"remote.origin.url", "https://you:hun/ter@2@bitbucket.org/you/thesis.git", "remote.origin.url is https://****@bitbucket.org/you/thesis.git"},
		{"remote.origin.url", "https://bitbucket.org/you/thesis.git?token=hunter2#hunter2", "remote.origin.url is https://bitbucket.org/you/thesis.git?…"},
		{"remote.origin.url", "https://example.com/hunter2/private.git", "remote.origin.url is https://example.com/…"},
		{"remote.origin.url", "git@bitbucket.org:you/thesis.git", "remote.origin.url is git@bitbucket.org:you/thesis.git"},
		{"remote.origin.url", "hunter2@bitbucket.org:you/thesis.git", "remote.origin.url is ****@bitbucket.org:…"},
		{"remote.origin.url", "/home/hunter2/thesis", "remote.origin.url is …"},
		{"http.proxy", "you:hunter2@proxy:8080", "http.proxy is ****@proxy:…"},
		{"http.https://you:hunter2@bitbucket.org/.sslverify", "false", "http.https://****@bitbucket.org/.sslverify is false"},
		{"http.https://bitbucket.org/.extraheader", "Authorization: Bearer hunter2", "http.https://bitbucket.org/.extraheader is set"},
		{"http.sslverify", "hunter2 and more", "http.sslverify is set"},
		{"credential.username", "hunter2", "credential.username is set"},
		{"credential.helper", "", "credential.helper is empty, which drops those before it"},
		{"credential.helper", "store --file /home/hunter2", "credential.helper is store"},
		{"credential.helper", "!PASSWORD=hunter2 program", "credential.helper is a line of shell"},
		{"credential.helper", "/opt/ATATT3xFfGF0hunter2hunter2 get", "credential.helper is a program"},
		{"url.https://x:hunter2@bitbucket.org/.insteadof", "https://y:hunter2@bitbucket.org/", "url.https://****@bitbucket.org/.insteadof is https://****@bitbucket.org/"},
		{"credential.provider", "ATATT3xFfGF0hunter2hunter2", "credential.provider is set"},
	} {
		if got := Setting(realgit.Entry{Key: c[0], Value: c[1]}); got != c[2] {
			t.Errorf("%s = %s\nis told as %s\nand not    %s", c[0], c[1], got, c[2])
		}
	}
	for key, want := range map[string]bool{
		"remote.origin.url": true, "remote.origin.fetch": false, "user.name": false, "alias.x": false,
		"core.askpass": true, "core.editor": false, "http.proxy": true, "submodule.a.b.url": true, "submodule.a.branch": false,
	} {
		if concerns(key) != want {
			t.Errorf("%s: %v", key, !want)
		}
	}
}

func TestVariables(t *testing.T) {
	t.Parallel()
	values, names := Variables([]string{
		"BBGIT_TOKEN=hunter2", "TERM=xterm-256color", "LANG=a language with hunter2", "https_proxy=http://u:hunter2@h",
		"HOME=/home/hunter2", "MY_PASSWORD=hunter2", "GIT_EMPTY=", "GIT_TRACE=1", "COLORTERM=ATATT3xFfGF0hunter2hunter2", "NO_COLOR=1",
	})
	if got := strings.Join(values, ", "); got != "TERM is xterm-256color" {
		t.Error(got)
	}
	if got := strings.Join(names, " "); got != "BBGIT_TOKEN COLORTERM GIT_TRACE LANG NO_COLOR https_proxy" {
		t.Error(got)
	}
}

// Other programs may write into the same file.
func TestTrace(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "trace")
	text := strings.Repeat("x", mostTrace) + `
12:00:00.000000 bbgit[1] git is /usr/bin/git
12:00:00.000000 http.c:1 => Send header: Authorization: Basic hunter2
12:00:00.000000 bbgit[1] https://you:hunter2@bitbucket.org
password=hunter2
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	lines, err := Trace(file)
	want := "12:00:00.000000 bbgit[1] git is /usr/bin/git|12:00:00.000000 bbgit[1] https://****@bitbucket.org"
	if got := strings.Join(lines, "|"); err != nil || got != want {
		t.Errorf("%v, %s", err, got)
	}
}
