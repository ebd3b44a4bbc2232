package bitbucket

import (
	"strings"

	"bbgit/auth/pattern"
)

// Hosts that serve git over SSH. Host itself did until SSH moved (announced for
// 2026-11-12); altssh listens on port 443, which firewalls let through.
const (
	SSHHost    = "ssh.bitbucket.org"
	AltSSHHost = "altssh.bitbucket.org"
)

// Pages of Bitbucket's that matter to who uses SSH.
const (
	SSHKeysPage  = "https://bitbucket.org/account/settings/ssh-keys/" // a person's public keys
	HostKeysPage = "https://bitbucket.org/site/ssh"                   // the servers' own, as lines for known_hosts
)

// ServesSSH tells whether a host is one of Bitbucket Cloud's for SSH, or was.
func ServesSSH(host string) bool {
	host = strings.ToLower(host)
	return host == Host || host == SSHHost || host == AltSSHHost
}

// SSHURL is the repository's address over SSH.
func (r Repository) SSHURL() string { return "git@" + SSHHost + ":" + r.String() + ".git" }

// AltSSHURL is the repository's address over SSH on port 443.
func (r Repository) AltSSHURL() string {
	return "ssh://git@" + AltSSHHost + ":443/" + r.String() + ".git"
}

// An SSHRemote is a URL of a repository over SSH, at any host: a name that
// stands for Bitbucket in a person's SSH configuration is one, too.
type SSHRemote struct {
	User, Host, Port string // User and Port are "" where the URL has none
	Repository       Repository
}

// sshNames are the characters of user names, hosts and Bitbucket's names. No
// others are taken, not even quoted: what is read here ends up in a command that
// a person copies, and the URL of a submodule is somebody else's text.
const sshNames = `[A-Za-z0-9._][A-Za-z0-9._-]*`

// Git takes both notations (git-clone(1), GIT URLS).
var (
	sshURL   = pattern.New(`(?i)^(?:ssh|git\+ssh|ssh\+git)://(?:(` + sshNames + `)@)?(` + sshNames + `)(?::([0-9]+))?/([^:]+)$`)
	sshShort = pattern.New(`^(?:(` + sshNames + `)@)?(` + sshNames + `):()([^:]+)$`)
	sshPath  = pattern.New(`^/?(` + sshNames + `|\{[a-f0-9-]+\})/(` + sshNames + `)/?$`)
)

// ParseSSHRemote reads either notation of a URL; ok is false where it is not
// one over SSH with the path of one of Bitbucket's repositories.
func ParseSSHRemote(text string) (r SSHRemote, ok bool) {
	parts := sshURL.FindStringSubmatch(text)
	if parts == nil {
		parts = sshShort.FindStringSubmatch(text)
	}
	if parts == nil {
		return SSHRemote{}, false
	}
	path := sshPath.FindStringSubmatch(parts[4])
	if path == nil {
		return SSHRemote{}, false
	}
	r = SSHRemote{User: parts[1], Host: parts[2], Port: parts[3]}
	if ServesSSH(r.Host) {
		r.Host = strings.ToLower(r.Host)
	}
	r.Repository = Repository{path[1], strings.TrimSuffix(path[2], ".git")}
	return r, true
}

// String is the URL in its long notation, which has a place for the port.
func (r SSHRemote) String() string {
	text := "ssh://"
	if r.User != "" {
		text += r.User + "@"
	}
	text += r.Host
	if r.Port != "" {
		text += ":" + r.Port
	}
	return text + "/" + r.Repository.String() + ".git"
}

// Base is the beginning of a URL over SSH up to where the workspace begins, as
// in the setting url.<base>.insteadOf.
type Base string

var sshBase = pattern.New(`(?i)^(ssh://)?(?:` + sshNames + `@)?(?:(?:ssh\.|altssh\.)?bitbucket\.org)(?::[0-9]+/|[:/])([A-Za-z0-9._/-]*)$`)

// OverSSH is the same beginning at the host that serves SSH today.
func (b Base) OverSSH() (Base, bool) { return b.replaced("git@" + SSHHost + ":") }

// OverHTTPS is the same beginning over HTTPS.
func (b Base) OverHTTPS() (Base, bool) { return b.replaced("https://" + Host + "/") }

func (b Base) replaced(beginning string) (Base, bool) {
	parts := sshBase.FindStringSubmatch(string(b))
	if parts == nil {
		return "", false
	}
	return Base(beginning + parts[2]), true
}
