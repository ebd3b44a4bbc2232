package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bbgit/shim_test/part"
)

func init() { parts["pass"] = partPass }

// partPass keeps one text, which needs no passphrase, and reads it, which does.
func partPass(args []string) error {
	ctx := context.Background()
	if args[0] == "impatient" {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, 300*time.Millisecond, ErrTimeout)
		defer cancel()
	}
	if _, err := (passStore{}).Get(ctx, "you"); args[0] != "set" {
		return err
	}
	return passStore{}.Set(ctx, "you", "text")
}

// A pinentry answers gpg's agent for the person (the Assuan protocol of pinentry): with the passphrase, by dismissing
// the question, or not at all.
const (
	pinentry  = "#!/bin/sh\necho OK\nwhile read -r command _; do case $command in GETPIN) %s ;; *) echo OK; esac; done\n"
	knows     = "echo 'D sesame'; echo OK"
	dismisses = "echo 'ERR 83886179 Operation cancelled <Pinentry>'"
	hesitates = "read -r _"
)

func TestPassphrase(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, does, part string
		want             string
	}{
		{"knows", knows, "get", ""},
		{"dismisses", dismisses, "get", ErrUnusable.Error() + ": gpg: decryption failed: "},
		{"hesitates", hesitates, "impatient", ErrTimeout.Error()},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			env := append(startPass(t, home, "sesame", fmt.Sprintf(pinentry, c.does)).Environ(), homeOf(home)...)
			if out, err := part.Command(t, "pass set", env...).CombinedOutput(); err != nil {
				t.Fatalf("set: %v %s", err, out)
			}
			out, err := part.Command(t, "pass "+c.part, env...).CombinedOutput()
			if (err == nil) != (c.want == "") || !strings.HasPrefix(string(out), c.want) {
				t.Errorf("%v %s", err, out)
			}
		})
	}
}

// TestPassKeyOfAFolder has a key for our folder alone ("pass init --path").
func TestPassKeyOfAFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PASSWORD_STORE_DIR", dir)
	t.Setenv("PASSWORD_STORE_KEY", "")
	if passHasKey() {
		t.Error("a key where there is none")
	}
	if err := os.MkdirAll(filepath.Join(dir, "bbgit"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "bbgit", ".gpg-id"), []byte("you\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !passHasKey() {
		t.Error("the key is not found")
	}
}

// TestNoPass has none, and one that nobody has told which key to use.
func TestNoPass(t *testing.T) {
	t.Setenv("PASSWORD_STORE_DIR", t.TempDir())
	t.Setenv("PATH", t.TempDir())
	if passReady() {
		t.Error("ready without a program")
	}
	if err := (passStore{}).Set(t.Context(), "you", "text"); !errors.Is(err, ErrUnusable) || !strings.Contains(err.Error(), "not installed") {
		t.Errorf("got %v", err)
	}
}
