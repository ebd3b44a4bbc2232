package stage

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Pass is the standard unix password manager with a key of its own that is thrown away.
type Pass struct {
	env    []string // of its programs
	folder string   // GNUPGHOME: short, because gpg's agent has its socket there
}

// passKey is the name of the key.
const passKey = "you@example.com"

// StartPass makes a key with this passphrase, "" for none, and a password store for it, in env's home. pinentry is the
// path of the program that gpg's agent is to ask for the passphrase, "" for one that is always dismissed.
func StartPass(env []string, passphrase, pinentry string) (*Pass, error) {
	folder, err := os.MkdirTemp(shortTempDir(), "gpg")
	if err != nil {
		return nil, err
	}
	p := &Pass{env: append(env, "GNUPGHOME="+folder), folder: folder}
	if pinentry == "" {
		pinentry = "/bin/false"
	}
	err = os.WriteFile(filepath.Join(folder, "gpg-agent.conf"), []byte("pinentry-program "+pinentry+"\n"), 0o600)
	if err == nil {
		err = p.run("gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", passphrase,
			"--quick-gen-key", passKey, "future-default", "default", "never")
	}
	if err == nil {
		err = p.run("pass", "init", passKey)
	}
	if err == nil {
		err = p.run("gpgconf", "--kill", "gpg-agent") // it remembers the passphrase
	}
	if err != nil {
		p.Stop()
		return nil, err
	}
	return p, nil
}

func (p *Pass) run(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Env = p.env
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}

// Environ are the variables by which pass finds the key.
func (p *Pass) Environ() []string { return []string{"GNUPGHOME=" + p.folder} }

// Stop ends gpg's agent and throws the key away.
func (p *Pass) Stop() {
	_ = p.run("gpgconf", "--kill", "all")
	_ = os.RemoveAll(p.folder)
}
