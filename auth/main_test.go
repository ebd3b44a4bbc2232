package auth

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"bbgit/auth/secret"
	"bbgit/auth/vault"
	"bbgit/shim_test/cloud"
)

// The program that runs the tests is also the helper that git starts in them.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "bitbucket" && os.Args[2] == "helper" {
		os.Exit(Helper(context.Background(), Tools{}, os.Args[3], os.Stdin, os.Stdout))
	}
	os.Exit(apart(m.Run))
}

// apart runs the tests where they find neither the keyring of whoever runs them
// nor their files.
func apart(run func() int) int {
	dir, err := os.MkdirTemp("", "bbgit-auth")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "APPDATA", "LOCALAPPDATA"} {
		os.Setenv(name, dir)
	}
	for _, name := range []string{"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", TokenVariable, runVariable, checkVariable} {
		os.Unsetenv(name)
	}
	os.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	return run()
}

// scene is a session of a person at a Bitbucket of the test's own, where the
// account you has a repository you/thesis. Nobody can be asked.
type scene struct {
	*session
	cloud *cloud.Cloud
	home  string
}

func newScene(t *testing.T, config string) *scene {
	t.Helper()
	bb, err := cloud.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bb.Close() })
	bb.AddAccount(cloud.Account{Name: "you", Access: map[string]cloud.Right{"you/*": cloud.Write}})
	if err := bb.AddRepository(cloud.Repository{Workspace: "you", Name: "thesis"}); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, ".gitconfig"), []byte(bb.GitConfig()+config), 0o600); err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := newSession(Tools{Program: program, Git: func() (string, error) { return "git", nil }},
		[]string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0"})
	t.Cleanup(s.close)
	return &scene{session: s, cloud: bb, home: home}
}

// token is an API token of the account you, in one state or another.
func (s *scene) token(label string, state cloud.State) secret.Secret {
	value := cloud.NewAPIToken()
	s.cloud.AddSecret(cloud.Secret{Label: label, Value: value, Account: "you", Scopes: cloud.ReadWrite, State: state})
	return secret.New(value)
}

// has gives the session a token of ours, as if it had just been asked for.
func (s *scene) has(account string, x secret.Secret) {
	s.fresh[account] = token{Item: vault.Item{Account: vault.Account{Name: account}, Username: "x-bitbucket-api-token-auth", Token: x}}
}
