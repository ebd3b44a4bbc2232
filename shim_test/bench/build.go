//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	_ "embed"
)

//go:embed testdata/bare/main.go
var bareSource []byte

//go:embed testdata/execgit.c
var cSource []byte

// buildBare builds the bare program outside of this module, with what Go's settings are for everybody.
func (b *bench) buildBare() (path string, err error) {
	source, err := b.source("bare", "main.go", bareSource)
	if err != nil {
		return "", err
	}
	path = filepath.Join(b.dir, "git-bare")
	cmd := exec.Command("go", "build", "-o", path, filepath.Base(source))
	cmd.Dir = filepath.Dir(source)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GO111MODULE=off", "GOFLAGS=")
	return path, done(cmd)
}

// buildC builds the program in C.
func (b *bench) buildC() (path string, err error) {
	if _, err := exec.LookPath("gcc"); err != nil {
		return "", missing("gcc")
	}
	source, err := b.source("c", "execgit.c", cSource)
	if err != nil {
		return "", err
	}
	path = filepath.Join(b.dir, "git-c")
	return path, done(exec.Command("gcc", "-O2", "-static", "-o", path, source))
}

// libsecretSource is where Debian has the source of git's helper for the keyring; it is not shipped in another form.
const libsecretSource = "/usr/share/doc/git/contrib/credential/libsecret/git-credential-libsecret.c"

// buildLibsecret builds git's own helper for the keyring.
func (b *bench) buildLibsecret() (path string, err error) {
	if _, err := os.Stat(libsecretSource); err != nil {
		return "", missing(libsecretSource)
	}
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "libsecret-1", "glib-2.0").Output()
	if err != nil {
		return "", missing("gcc, pkg-config and libsecret-1-dev, for git's own helper")
	}
	path = filepath.Join(b.dir, "git-credential-libsecret")
	args := append([]string{"-O2", "-o", path, libsecretSource}, strings.Fields(string(flags))...)
	return path, done(exec.Command("gcc", args...))
}

func (b *bench) source(folder, name string, text []byte) (path string, err error) {
	folder = filepath.Join(b.dir, folder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	path = filepath.Join(folder, name)
	return path, os.WriteFile(path, text, 0o600)
}

func done(cmd *exec.Cmd) error {
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(cmd.Path), err, out)
	}
	return nil
}
