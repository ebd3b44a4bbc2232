//go:build unix

package shim_test

import (
	"strings"

	"bbgit/shim_test/need"
	"bbgit/shim_test/stage"

	"github.com/rogpeppe/go-internal/testscript"
)

// keyringCommand is the person's keyring:
//
//	keyring start      it is unlocked; what an earlier one kept is in it
//	keyring lock       and nobody can unlock it
//	keyring restart    it ends and comes back, on the same bus
//	keyring stop       no bus and no keyring any more
//	keyring hang       in its place a service that never answers
//	keyring ask        one that is locked, and asks somebody who never answers to unlock it
func (s *story) keyringCommand(ts *testscript.TestScript, args []string) {
	need.Programs(s.t, need.Keyring...)
	switch strings.Join(args, " ") {
	case "start":
		s.open(ts, stage.OpenKeyring)
	case "lock":
		ts.Check(s.keyring.Lock())
	case "restart":
		ts.Check(s.keyring.Restart())
	case "stop":
		s.keyring.Stop()
		s.keyring = nil
	case "hang":
		s.open(ts, stage.OpenBus)
		ts.Check(s.keyring.Hang())
	case "ask":
		s.open(ts, stage.OpenBus)
		ts.Check(s.keyring.Ask())
	default:
		ts.Fatalf("usage: keyring start|lock|restart|stop|hang|ask")
	}
}

func (s *story) open(ts *testscript.TestScript, open func(string) (*stage.Keyring, error)) {
	s.stopKeyring()
	var err error
	s.keyring, err = open(s.world.Runtime)
	ts.Check(err)
	setAll(ts, s.keyring.Environ())
}

func setAll(ts *testscript.TestScript, variables []string) {
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		ts.Setenv(name, value)
	}
}

func (s *story) stopKeyring() {
	if s.keyring != nil {
		s.keyring.Stop()
	}
}

// passCommand makes a key without a passphrase, and a password store for it.
func (s *story) passCommand(ts *testscript.TestScript, args []string) {
	need.Programs(s.t, "pass", "gpg")
	if len(args) != 1 || args[0] != "start" {
		ts.Fatalf("usage: pass start")
	}
	var err error
	s.pass, err = stage.StartPass(s.world.Environ(), "", "")
	ts.Check(err)
	setAll(ts, s.pass.Environ())
}

// libsecretCommand builds git's helper for the Secret Service, as $LIBSECRET.
func (s *story) libsecretCommand(ts *testscript.TestScript, _ []string) {
	need.Programs(s.t, "gcc", "pkg-config")
	helper, err := stage.BuildLibsecret(s.world.Bin)
	if err != nil {
		need.Missing(s.t, err.Error())
	}
	ts.Setenv("LIBSECRET", helper)
}

func (s *story) stopStores() {
	s.stopKeyring()
	if s.pass != nil {
		s.pass.Stop()
	}
}
