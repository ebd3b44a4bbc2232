package stage

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
)

// SSH is a way for one person to reach a real sshd by any name of a host. There is no port and no process that waits:
// the person's ssh starts a server for each connection (ssh_config(5), ProxyCommand). The fields may be changed between
// commands; Write makes the changes felt.
type SSH struct {
	Dir          string // holds keys and configuration
	Repositories string // what the server serves: OWNER/NAME.git

	Identity    string            // the person's key: "mine", "stranger", "locked" behind a passphrase, "" for none
	Known       string            // the host key that the person remembers: "host", "stranger", "" for none
	Unreachable bool              // nobody listens
	Names       map[string]string // the person's own names of hosts
	Refusals    map[string]string // what the server says of a repository instead of serving it
}

// SSHPrograms are what it takes. The server has to be called by its whole path.
var SSHPrograms = []string{"ssh", "ssh-keygen", sshd}

const sshd = "/usr/sbin/sshd"

// passphrase is nobody's: a key that lies behind it can be offered, and no more.
const passphrase = "a passphrase that nobody types"

// NewSSH makes the keys. At first all is well: the server knows the person, and the person the server.
func NewSSH(dir, repositories string) (*SSH, error) {
	s := &SSH{
		Dir: dir, Repositories: repositories, Identity: "mine", Known: "host",
		Names: map[string]string{}, Refusals: map[string]string{},
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	for name, phrase := range map[string]string{"host": "", "mine": "", "stranger": "", "locked": passphrase} {
		keygen := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", phrase, "-C", name, "-f", s.file(name))
		if out, err := keygen.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("ssh-keygen: %w: %s", err, out)
		}
	}
	return s, errors.Join(s.makeSeparation(), s.Write())
}

// makeSeparation makes the folder without which sshd does not start as root. On a machine that has an SSH server running
// it is there.
func (s *SSH) makeSeparation() error {
	if os.Getuid() != 0 {
		return nil
	}
	return os.MkdirAll("/run/sshd", 0o755)
}

func (s *SSH) file(name string) string { return filepath.Join(s.Dir, name) }

// Command is what git has to start for SSH. The server runs as the tester, and so the person logs in with that name,
// whatever the URL says.
func (s *SSH) Command() (string, error) {
	tester, err := user.Current()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("ssh -F %s -l %s", s.file("config"), tester.Username), nil
}

// Write writes the configuration of both sides.
func (s *SSH) Write() error {
	authorized, err := s.authorized("mine", "locked")
	if err != nil {
		return err
	}
	known, err := s.known()
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(s.file("config"), []byte(s.config()), 0o600),
		os.WriteFile(s.file("known_hosts"), []byte(known), 0o600),
		os.WriteFile(s.file("authorized_keys"), []byte(authorized), 0o600),
		os.WriteFile(s.file("serve"), []byte(s.serve()), 0o700),
		os.WriteFile(s.file("sshd_config"), []byte(s.server()), 0o600),
	)
}

// server is the server's own configuration. Without another HOME, the tester's shell would run the tester's .bashrc, and
// git would read the tester's configuration.
func (s *SSH) server() string {
	return fmt.Sprintf("HostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"+
		"KbdInteractiveAuthentication no\nPidFile none\nSetEnv HOME=%s GIT_CONFIG_NOSYSTEM=1\n",
		s.file("host"), s.file("authorized_keys"), s.Dir)
}

func (s *SSH) config() string {
	var out strings.Builder
	for name, host := range s.Names {
		fmt.Fprintf(&out, "Host %s\n  HostName %s\n", name, host)
	}
	// Port 1 is nobody's: a port that was free a moment ago may be somebody's by now.
	way := fmt.Sprintf("ProxyCommand %s -i -f %s", sshd, s.file("sshd_config"))
	if s.Unreachable {
		way = "HostName 127.0.0.1\n  Port 1"
	}
	identity := "none"
	if s.Identity != "" {
		identity = s.file(s.Identity)
	}
	fmt.Fprintf(&out, "Host *\n  %s\n  UserKnownHostsFile %s\n  GlobalKnownHostsFile none\n  UpdateHostKeys no\n"+
		"  IdentityAgent none\n  IdentitiesOnly yes\n  IdentityFile %s\n", way, s.file("known_hosts"), identity)
	return out.String()
}

// known is a file of host keys in which one key is everybody's.
func (s *SSH) known() (string, error) {
	if s.Known == "" {
		return "", nil
	}
	key, err := os.ReadFile(s.file(s.Known + ".pub"))
	return "* " + string(key), err
}

func (s *SSH) authorized(names ...string) (string, error) {
	var out strings.Builder
	for _, name := range names {
		key, err := os.ReadFile(s.file(name + ".pub"))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "restrict,command=\"%s\" %s", s.file("serve"), key)
	}
	return out.String(), nil
}

// Served tells what the server was asked for since it was told to forget.
func (s *SSH) Served() (string, error) {
	text, err := os.ReadFile(s.file("served"))
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return string(text), err
}

// Forget empties what Served tells.
func (s *SSH) Forget() error { return os.RemoveAll(s.file("served")) }

// serve is what the server runs for every connection, whatever it was asked for.
func (s *SSH) serve() string {
	var cases strings.Builder
	for repository, text := range s.Refusals {
		fmt.Fprintf(&cases, "*%s*) echo '%s' >&2; exit 1;;\n", repository, text)
	}
	return fmt.Sprintf("#!/bin/sh\ncd %s || exit\n"+
		"echo \"$SSH_ORIGINAL_COMMAND\" >>$HOME/served\n"+
		"command=$(printf '%%s' \"$SSH_ORIGINAL_COMMAND\" | sed \"s|'/|'|\")\ncase $command in\n%sesac\neval \"exec git ${command#git-}\"\n",
		s.Repositories, cases.String())
}
