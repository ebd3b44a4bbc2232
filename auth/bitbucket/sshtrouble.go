package bitbucket

import (
	"strings"

	"bbgit/auth/pattern"
)

// SSHTrouble is why a connection over SSH came to nothing.
type SSHTrouble int

const (
	// SSHUnclear: nothing is known, or nothing beyond what ssh has said itself.
	SSHUnclear SSHTrouble = iota
	// SSHKeyRefused: keys were offered, and the server knows none of them.
	SSHKeyRefused
	// SSHNoKey: ssh had no key to offer.
	SSHNoKey
	// SSHAccessRefused: the key was let in, but not to this repository.
	SSHAccessRefused
	// SSHHostKeyChanged: the server is not the one that known_hosts remembers.
	SSHHostKeyChanged
	// SSHHostKeyUnknown: known_hosts has nothing about the server.
	SSHHostKeyUnknown
	// SSHUnreachable: nobody speaks SSH there, or the network does not let it
	// through.
	SSHUnreachable
)

// String is the trouble in words.
func (t SSHTrouble) String() string {
	switch t {
	case SSHKeyRefused:
		return "no key that Bitbucket knows"
	case SSHNoKey:
		return "no key to offer"
	case SSHAccessRefused:
		return "no access with this key"
	case SSHHostKeyChanged:
		return "another host key than known_hosts has"
	case SSHHostKeyUnknown:
		return "no host key in known_hosts"
	case SSHUnreachable:
		return "not reached"
	}
	return "nothing known"
}

// SSHFinding is what ssh and the server said.
type SSHFinding struct {
	Trouble SSHTrouble
	Host    string // that ssh connected to after its own configuration; "" where it does not say
	Port    string
}

// ReadSSH reads the stderr of a git that connected with "ssh -v" under LC_ALL=C.
// Without the -v it finds less: a refused key may then be one whose passphrase
// nobody could be asked for, and the person's own command failed for another
// reason.
func ReadSSH(said string) SSHFinding {
	var f SSHFinding
	var plain, debug strings.Builder
	for line := range strings.Lines(said) {
		// What ssh tried on the way is no failure: one of several addresses that
		// did not answer, for example.
		if strings.HasPrefix(line, "debug") {
			debug.WriteString(line)
			continue
		}
		plain.WriteString(line)
	}
	if place := sshPlace.FindStringSubmatch(debug.String()); place != nil {
		f.Host, f.Port = place[1]+place[3], place[2]+place[4]
	}
	f.Trouble = sshTrouble(plain.String(), debug.String())
	return f
}

// sshPlace is where ssh says that it connects to. Behind a proxy command only
// the second form is there.
var sshPlace = pattern.New(`(?m)^debug1: (?:Connecting to (\S+) .*port ([0-9]+)|Authenticating to (\S+):([0-9]+) as)`)

func sshTrouble(plain, debug string) SSHTrouble {
	switch {
	case strings.Contains(plain, "REMOTE HOST IDENTIFICATION HAS CHANGED"):
		return SSHHostKeyChanged
	case strings.Contains(plain, "Host key verification failed."):
		return SSHHostKeyUnknown
	case strings.Contains(plain, "Permission denied (publickey"):
		return sshKeyTrouble(debug)
	case sshRefusals.MatchString(plain):
		return SSHAccessRefused
	case sshSilence.MatchString(plain), stillConnecting(plain, debug):
		return SSHUnreachable
	}
	return SSHUnclear
}

// stillConnecting tells that ssh was ended while it went through the addresses
// of a host, none of which had answered by then.
func stillConnecting(plain, debug string) bool {
	return strings.Contains(debug, "debug1: Connecting to ") && !strings.Contains(debug, "Connection established.") &&
		!strings.Contains(debug, "Network is unreachable") && !strings.Contains(plain, "ssh: ")
}

// sshKeyTrouble tells what "Permission denied (publickey)" comes from.
func sshKeyTrouble(debug string) SSHTrouble {
	switch {
	case debug == "" || strings.Contains(debug, "Server accepts key:"):
		return SSHUnclear
	case strings.Contains(debug, "Offering public key:"):
		return SSHKeyRefused
	}
	return SSHNoKey
}

// sshRefusals are what Bitbucket says when it has let a key in: lines of their
// own, older ones behind "conq: ".
var sshRefusals = pattern.New(`(?mi)^(?:remote: |conq: )?(?:unauthorized|forbidden|repository access denied)\b`)

// sshSilence is what ssh says when nobody answers, or hangs up before either
// side has shown who it is. A host name that is not found, or a network that is
// down, are left out: ssh has said all that there is to know.
var sshSilence = pattern.New(`(?mi)(?:^ssh: connect to host .*: (?:connection refused|connection timed out|operation timed out|no route to host)` +
	`|^ssh: connect to host .*port [0-9]+: unknown error` + // OpenSSH for Windows, for a time-out
	`|^connection timed out during banner exchange` +
	`|^connection to .* timed out` +
	`|^(?:(?:ssh|kex)_exchange_identification|banner exchange): ` +
	`|^ssh_dispatch_run_fatal: .*(?:reset by peer|timed out))`)
