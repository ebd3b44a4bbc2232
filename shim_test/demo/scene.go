package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"bbgit/shim_test/cloud"
	"bbgit/shim_test/stage"
)

// account is the person's name at this Bitbucket.
const account = "ada"

// scene is a Bitbucket, and a person who has not heard of API tokens yet.
type scene struct {
	dir       string
	cloud     *cloud.Cloud
	world     *stage.World
	token     string // good for what is to be done
	noKeyring string // why there is none; "" when there is one
	opened    bool   // to somebody who does as they like
	toClose   []func() error
}

// newScene returns a scene to close even when it fails.
func newScene() (*scene, error) {
	s := &scene{token: cloud.NewAPIToken()}
	var err error
	if s.dir, err = os.MkdirTemp("", "bbgit-demo"); err != nil {
		return s, err
	}
	s.later(func() error { return os.RemoveAll(s.dir) })
	for _, build := range []func() error{s.openBitbucket, s.moveIn, s.startKeyring, s.growOld} {
		if err := build(); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (s *scene) later(f func() error) { s.toClose = append(s.toClose, f) }

// close undoes everything, the latest first.
func (s *scene) close() error {
	var err error
	for i := len(s.toClose) - 1; i >= 0; i-- {
		err = errors.Join(err, s.toClose[i]())
	}
	return err
}

func (s *scene) openBitbucket() error {
	folder := filepath.Join(s.dir, "bitbucket")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	var err error
	if s.cloud, err = cloud.Start(folder); err != nil {
		return err
	}
	s.later(s.cloud.Close)
	s.cloud.AddAccount(cloud.Account{Name: account, Access: map[string]cloud.Right{account + "/*": cloud.Write}})
	s.cloud.AddSecret(cloud.Secret{Label: "token", Value: s.token, Account: account, Scopes: cloud.ReadWrite})
	return errors.Join(
		s.cloud.AddRepository(cloud.Repository{Workspace: account, Name: "thesis"}),
		s.cloud.AddRepository(cloud.Repository{Workspace: account, Name: "notes"}),
	)
}

func (s *scene) moveIn() error {
	binary, err := stage.Build(s.dir)
	if err != nil {
		return err
	}
	s.world, err = stage.New(filepath.Join(s.dir, account), binary)
	if s.world != nil {
		s.later(func() error {
			if s.opened {
				return s.world.Abandon()
			}
			return s.world.Close()
		})
	}
	if err != nil {
		return err
	}
	s.world.Secrets.Add("token", s.token)
	return s.world.Reach(s.cloud.ProxyURL(), s.cloud.Authority())
}

// startKeyring takes care that nothing gets into the keyring of whoever watches the demo.
func (s *scene) startKeyring() error {
	if runtime.GOOS != "linux" {
		s.noKeyring = "the demo has a private one on Linux only"
		return s.keepNothing()
	}
	variables, stop, err := stage.StartKeyring(filepath.Join(s.dir, "keyring"))
	if err != nil {
		s.noKeyring = err.Error()
		return nil // no bus, no keyring
	}
	s.later(func() error { stop(); return nil })
	s.world.Import(variables)
	return nil
}

// keepNothing puts a file where bbgit wants a folder for its list of accounts, without which it keeps no token: on
// macOS and Windows the keyring belongs to the person, whatever HOME says.
func (s *scene) keepNothing() error {
	s.world.Setenv("APPDATA", filepath.Join(s.world.Home, "AppData"))
	for _, folder := range []string{"Library/Application Support", "AppData"} {
		folder = filepath.Join(s.world.Home, filepath.FromSlash(folder))
		err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, "bbgit"), nil, 0o400))
		if err != nil {
			return err
		}
	}
	return nil
}

// growOld makes two clones, and lets git keep an app password that has since died.
func (s *scene) growOld() error {
	dead := cloud.NewAppPassword()
	s.cloud.AddSecret(cloud.Secret{Label: "dead", Value: dead, Kind: cloud.AppPassword, Account: account})
	for _, name := range []string{"thesis", "notes"} {
		bare := filepath.Join(s.dir, "bitbucket", "repositories", account, name+".git")
		if _, err := s.world.OldClone(bare, account+"/"+name); err != nil {
			return err
		}
	}
	kept := fmt.Sprintf("https://%s:%s@bitbucket.org\n", account, dead)
	return errors.Join(
		s.world.Configure("credential.helper", "store"),
		os.WriteFile(filepath.Join(s.world.Home, ".git-credentials"), []byte(kept), 0o600),
	)
}
