//go:build unix

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"bbgit/shim_test/cloud"
	"bbgit/shim_test/need"
	"bbgit/shim_test/stage"
)

const (
	small = "you/thesis" // three commits
	large = "you/data"   // 70 MB that cannot be compressed
)

// scene is a Bitbucket, and a person with one token in an unlocked keyring: once as bbgit keeps it, and once as git's
// own helper for that keyring does.
type scene struct {
	cloud   *cloud.Cloud
	world   *stage.World
	helper  string // git's own, which asks the keyring; "" for one that prints the token
	token   string
	toClose []func() error
}

// newScene returns a scene to close even when it fails. Without git's own helper it does with one that has the token in
// a file: that makes the same requests, but is no measure of time.
func newScene(dir, bbgit, helper string, withLarge bool) (s *scene, err error) {
	s = &scene{token: cloud.NewAPIToken(), helper: helper}
	for _, program := range need.Keyring {
		if _, err := exec.LookPath(program); err != nil {
			return s, missing(program)
		}
	}
	return s, errors.Join(s.openBitbucket(filepath.Join(dir, "bitbucket"), withLarge), s.moveIn(dir, bbgit), s.keepToken(dir))
}

func (s *scene) close() error {
	var err error
	for i := len(s.toClose) - 1; i >= 0; i-- {
		err = errors.Join(err, s.toClose[i]())
	}
	return err
}

func (s *scene) openBitbucket(dir string, withLarge bool) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if s.cloud, err = cloud.Start(dir); err != nil {
		return err
	}
	s.toClose = append(s.toClose, s.cloud.Close)
	s.cloud.AddAccount(cloud.Account{Name: "you", Access: map[string]cloud.Right{"you/*": cloud.Write}})
	s.cloud.AddSecret(cloud.Secret{Label: "token", Value: s.token, Account: "you", Scopes: cloud.ReadWrite})
	if err := s.cloud.AddRepository(cloud.Repository{Workspace: "you", Name: "thesis"}); err != nil || !withLarge {
		return err
	}
	return s.cloud.AddRepository(cloud.Repository{Workspace: "you", Name: "data", Files: noise(70)})
}

// noise is as many files of 1 MB.
func noise(megabytes int) map[string]string {
	source := rand.NewChaCha8([32]byte{})
	files := map[string]string{}
	for i := range megabytes {
		text := make([]byte, 1e6)
		source.Read(text)
		files[fmt.Sprintf("file-%02d", i)] = string(text)
	}
	return files
}

func (s *scene) moveIn(dir, bbgit string) (err error) {
	if s.cloud == nil {
		return nil // has failed
	}
	if s.world, err = stage.New(filepath.Join(dir, "you"), bbgit); err != nil {
		return err
	}
	s.toClose = append(s.toClose, s.world.Close)
	s.world.Secrets.Add("token", s.token)
	return errors.Join(s.world.Reach(s.cloud.ProxyURL(), s.cloud.Authority()), s.world.ReadSystemCertificates())
}

// keepToken lets bbgit ask for the token, which it then keeps, and gives it to git's helper.
func (s *scene) keepToken(dir string) error {
	if s.world == nil {
		return nil // has failed
	}
	variables, stop, err := stage.StartKeyring(filepath.Join(dir, "keyring"))
	if err != nil {
		return missing("a keyring: " + err.Error())
	}
	s.toClose = append(s.toClose, func() error { stop(); return nil })
	s.world.Import(variables)
	terminal, err := s.world.Terminal(s.world.Command("bbgit", "clone", "--quiet", cloud.URL(small), "thesis"))
	if err != nil {
		return err
	}
	if err := terminal.Play("expect API token:\necho-off\ntype <token>\n"); err != nil {
		_ = terminal.HangUp()
		return err
	}
	if exit, err := terminal.Wait(); err != nil || exit != (stage.Exit{}) {
		return fmt.Errorf("the first clone: %v %w", exit, err)
	}
	return s.giveHelper()
}

// giveHelper lets git's helper keep the token. One that prints it is git's credential-store.
func (s *scene) giveHelper() error {
	if s.helper == "" {
		s.helper = "store"
	}
	approve := s.plain("", "credential", "approve")
	approve.Stdin = strings.NewReader(s.request() + "username=" + cloud.APITokenUser + "\npassword=" + s.token + "\n")
	return done(approve)
}

// request is what git asks a helper for.
func (s *scene) request() string { return "protocol=https\nhost=" + cloud.Home + "\n" }

// plain is git without bbgit, and with its own helper; folder is below the home.
func (s *scene) plain(folder string, args ...string) *exec.Cmd {
	cmd := s.world.Command("git", append([]string{"-c", "credential.helper=" + s.helper}, args...)...)
	cmd.Dir = filepath.Join(s.world.Home, folder)
	return cmd
}

// shim is the same with bbgit.
func (s *scene) shim(folder string, args ...string) *exec.Cmd {
	cmd := s.world.Command("bbgit", args...)
	cmd.Dir = filepath.Join(s.world.Home, folder)
	return cmd
}

// requestsOf are the lines of the server's log that a command leaves.
func (s *scene) requestsOf(cmd *exec.Cmd) ([]string, error) {
	s.cloud.ForgetRequests()
	if err := done(cmd); err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimSpace(s.cloud.Log()), "\n"), nil
}
