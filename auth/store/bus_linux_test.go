package store

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"bbgit/shim_test/part"
)

func TestFindBus(t *testing.T) {
	t.Parallel()
	with, without := shortDir(t), shortDir(t)
	listener, err := net.Listen("unix", filepath.Join(with, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if err := os.WriteFile(filepath.Join(without, "bus"), nil, 0o600); err != nil { // a file and no socket
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, variable string
		folders        []string
		address        string
		known          bool
	}{
		{"in the environment", "unix:path=/x", []string{with}, "unix:path=/x", true},
		{"socket of the user", "", []string{without, with}, "unix:path=" + filepath.Join(with, "bus"), false},
		{"autolaunch and a socket", "autolaunch:", []string{with}, "unix:path=" + filepath.Join(with, "bus"), false},
		{"autolaunch with a scope", "autolaunch:scope=install", []string{without}, "", false},
		{"nothing", "", []string{without, "/nonexistent"}, "", false},
	} {
		address, known, err := findBus(func(string) string { return c.variable }, c.folders)
		if address != c.address || known != c.known || (c.address == "") != errors.Is(err, ErrNoKeyring) {
			t.Errorf("%s: %q %v %v", c.name, address, known, err)
		}
	}
}

// shortDir is a temporary folder whose name leaves room for a socket.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "vault-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func TestEscapeAddress(t *testing.T) {
	t.Parallel()
	if got := escapeAddress("/run/a b,c=ü/bus"); got != "/run/a%20b%2cc%3d%c3%bc/bus" {
		t.Error(got)
	}
}

var parts = part.Parts{"without-bus": partWithoutBus, "careless": partCareless}

func TestMain(m *testing.M) { part.Main(m, parts) }

// partWithoutBus tries everything where there is no session bus.
func partWithoutBus(args []string) error {
	runtimeFolders = func() []string { return args[:1] } // never the tester's own bus
	s, ctx := newSystem(), context.Background()
	_, getErr := s.Get(ctx, "you")
	_, stateErr := KeyringState(ctx)
	for _, err := range []error{getErr, stateErr, s.Set(ctx, "you", "text"), s.Delete(ctx, "you"), s.DeleteAll(ctx, nil)} {
		if !errors.Is(err, ErrNoKeyring) || !strings.Contains(err.Error(), "no session bus") {
			return fmt.Errorf("got %w", err)
		}
	}
	if value := os.Getenv(busVariable); value != "" && value != "autolaunch:" {
		return errors.New("the address of a bus is left in the environment")
	}
	return nil
}

// partCareless calls go-keyring without asking first whether there is a bus.
func partCareless([]string) error {
	_, _ = keyring.Get(Service, "you")
	return nil
}

// TestNoBusIsStarted has a dbus-launch in PATH that leaves a trace.
func TestNoBusIsStarted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		play, address string
		launched      bool
	}{
		{"without-bus", "", false},
		{"without-bus", "autolaunch:", false},
		{"careless", "", true}, // the trap works
	} {
		if _, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid())); err == nil && c.launched {
			continue // a real bus is found before dbus-launch is
		}
		dir := t.TempDir()
		trace := filepath.Join(dir, "launched")
		script := "#!/bin/sh\n: >'" + trace + "'\nexit 1\n"
		if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		cmd := part.Command(t, c.play+" "+dir)
		cmd.Env = append(cmd.Env, "PATH="+dir, busVariable+"="+c.address)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v %s", c.play, err, out)
		}
		if launched := exists(trace); launched != c.launched {
			t.Errorf("%s with %q: dbus-launch was run: %v", c.play, c.address, launched)
		}
	}
}
