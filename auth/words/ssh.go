package words

import (
	"strings"

	"bbgit/auth/bitbucket"
)

// SSHFailure is what there is to say of a connection over SSH that failed.
type SSHFailure struct {
	Trouble    bitbucket.SSHTrouble
	Repository bitbucket.Repository
	Host, Port string // that ssh connected to; Port is "" or "22" for the usual one
	Push       bool
	Alias      string // the person's own name for Host in the SSH configuration, "" for none
	New        string // what to type for the address that serves SSH, "" where it is in use
	HTTPS      string // what to type for HTTPS
	InPlace    bool   // New and HTTPS are URLs to be given in place of the one that was typed
}

// SSHFailed explains it, and says what to type. Nothing is changed unasked.
func (s Style) SSHFailed(f SSHFailure) string {
	text := s.say(f.reason() + " API tokens have no part in SSH.")
	if lead, line := f.hostKey(); line != "" {
		text += s.fill(lead, "", "") + s.command(line)
	}
	if f.New != "" {
		text += s.fill(f.move(), "", "") + s.command(f.New)
	}
	lead := "Over HTTPS a stored API token works at once:"
	if f.Trouble == bitbucket.SSHAccessRefused {
		lead = "Over HTTPS the account of a stored API token counts, not the key:"
	}
	return text + s.fill(lead, "", "") + s.command(f.HTTPS)
}

func (f SSHFailure) reason() string {
	where := f.Repository.String()
	switch f.Trouble {
	case bitbucket.SSHKeyRefused:
		return "Bitbucket refused " + where + " over SSH: it knows none of the keys that ssh offered. They are added in Bitbucket's settings (" + bitbucket.SSHKeysPage + ")."
	case bitbucket.SSHNoKey:
		return "Bitbucket refused " + where + " over SSH: ssh had no key to offer. Public keys are added in Bitbucket's settings (" + bitbucket.SSHKeysPage + ")."
	case bitbucket.SSHAccessRefused:
		return "Bitbucket let the SSH key in, but did not let it " + f.deed() + " " + where +
			". Perhaps the name is mistyped, the repository was renamed or moved to another workspace, or the account or access key that it belongs to lacks the right."
	case bitbucket.SSHHostKeyChanged:
		return f.Host + " has not shown the host key that known_hosts remembers: it was replaced, or somebody stands in between. Bitbucket lists its keys (" +
			bitbucket.HostKeysPage + ")."
	case bitbucket.SSHHostKeyUnknown:
		return "ssh does not know the host key of " + f.Host + ", and was not told to trust it. Bitbucket lists its keys (" + bitbucket.HostKeysPage + ")."
	}
	return f.silence()
}

func (f SSHFailure) deed() string {
	if f.Push {
		return "push to"
	}
	return "read"
}

const moved = "SSH was announced to move from " + bitbucket.Host + " to " + bitbucket.SSHHost + " on 2026-11-12"

func (f SSHFailure) silence() string {
	switch f.Host {
	case bitbucket.Host:
		return f.Repository.String() + " is not reached over SSH. " + moved + ", and the old address to serve HTTPS alone."
	case bitbucket.SSHHost:
		return f.Host + " is not reached over SSH. A firewall may keep port 22 closed; port 443 is open more often."
	}
	return f.Host + " is not reached over SSH. Network or firewall are in the way."
}

// move leads over to the address that serves SSH.
func (f SSHFailure) move() string {
	lead := "To use that address:"
	switch {
	case f.Trouble == bitbucket.SSHUnreachable && f.Host == bitbucket.SSHHost:
		lead = "To use that port:"
	case f.Trouble != bitbucket.SSHUnreachable:
		lead = moved + ". To use the new address:"
	}
	switch {
	case f.Alias != "":
		return strings.Replace(lead, "use", "have \"Host "+f.Alias+"\" in your SSH configuration use", 1)
	case f.InPlace:
		return strings.Replace(lead, "To use", "Give the URL of", 1)
	}
	return lead
}

// hostKey is what to do about the server's key. That one may be trusted is a
// person's decision.
func (f SSHFailure) hostKey() (lead, line string) {
	switch f.Trouble {
	case bitbucket.SSHHostKeyChanged:
		return "Only if the one that ssh shows is among them, forget the old one:", "ssh-keygen -R " + f.knownAs()
	case bitbucket.SSHHostKeyUnknown:
		return "Compare them with what this shows, before you answer yes:", f.greeting()
	}
	return "", ""
}

// knownAs is the name of a host in known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE
// FORMAT), quoted for a shell.
func (f SSHFailure) knownAs() string {
	if f.Port == "" || f.Port == "22" {
		return f.Host
	}
	return "'[" + f.Host + "]:" + f.Port + "'"
}

// greeting is a command that connects to Bitbucket and does nothing else. To
// learn about the old address would be in vain.
func (f SSHFailure) greeting() string {
	switch {
	case f.Host == bitbucket.Host:
		return "ssh -T git@" + bitbucket.SSHHost
	case f.Port == "" || f.Port == "22":
		return "ssh -T git@" + f.Host
	}
	return "ssh -T -p " + f.Port + " git@" + f.Host
}
