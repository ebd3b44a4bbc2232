package auth

import (
	"path/filepath"
	"strings"
	"testing"

	"bbgit/auth/credential"
)

// The place of a helper survives the way to the bbgit that answers, with
// whatever its variables hold, and git's message is not touched.
func TestPlace(t *testing.T) {
	t.Setenv("GIT_DIR", "/x/.git/modules/lib")
	t.Setenv("GIT_CONFIG_PARAMETERS", "'a.b=c\nd'")
	dir := t.TempDir()
	t.Chdir(dir)
	m := credential.Message{{Key: "protocol", Value: "https"}, {Key: "host", Value: "bitbucket.org"}, {Key: "path", Value: "you/thesis.git"}, {Key: "username", Value: "you"}}
	sent, err := withPlace(m).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	received, err := credential.Parse(sent)
	if err != nil {
		t.Fatal(err)
	}
	r := readRequest(received, []string{"PATH=/bin", "GIT_DIR=/elsewhere"})
	if want, _ := filepath.EvalSymlinks(dir); r.dir != dir && r.dir != want {
		t.Errorf("folder %q, want %q", r.dir, dir)
	}
	env := strings.Join(r.env, "|")
	if !strings.Contains(env, "GIT_CONFIG_PARAMETERS='a.b=c\nd'") || !strings.Contains(env, "PATH=/bin") || strings.Contains(env, "/elsewhere") {
		t.Errorf("environment %q", env)
	}
	if !r.inSubmodule() || r.user != "you" || r.repository.String() != "you/thesis" || len(r.message) != len(m) {
		t.Errorf("read as %+v", r)
	}
}

func TestStaticUserNamesAreNoAccounts(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"x-bitbucket-api-token-auth", "x-token-auth"} {
		if r := readRequest(credential.Message{{Key: "username", Value: name}}, nil); r.user != "" {
			t.Errorf("%s is taken for an account", name)
		}
	}
}

func TestPromptsAllowed(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{"0": false, "false": false, "": false, "No": false, "off": false, "1": true, "true": true, "yes": true} {
		if got := (request{env: []string{"GIT_TERMINAL_PROMPT=" + value}}).promptsAllowed(); got != want {
			t.Errorf("GIT_TERMINAL_PROMPT=%s: %v", value, got)
		}
	}
	if !(request{}).promptsAllowed() {
		t.Error("prompts are allowed unless somebody says otherwise")
	}
}

func TestNamesHelper(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]bool{
		"'credential.helper=store'":                               true,
		"'credential.helper'='store'":                             true,
		"'core.pager'='cat' 'credential.helper'='!f() { :; }; f'": true,
		"'credential.https://bitbucket.org.helper'='store'":       true,
		"'Credential.Helper=cache'":                               true,
		"'credential.helper='":                                    false,
		"'credential.helper'=''":                                  false,
		"'credential.username=you'":                               false,
		"'core.editor=vi credential.helper'":                      false,
		"":                                                        false,
	} {
		if got := (request{env: []string{"A=b", "GIT_CONFIG_PARAMETERS=" + set}}).namesHelper(); got != want {
			t.Errorf("%s: %v", set, got)
		}
	}
}
