package bitbucket

import "testing"

func TestParseSSHRemote(t *testing.T) {
	t.Parallel()
	thesis := Repository{"you", "thesis"}
	for url, want := range map[string]SSHRemote{
		"git@bitbucket.org:you/thesis.git":                        {"git", "bitbucket.org", "", thesis},
		"git@BitBucket.org:you/thesis.git":                        {"git", "bitbucket.org", "", thesis},
		"bitbucket.org:you/thesis":                                {"", "bitbucket.org", "", thesis},
		"git@bitbucket.org:/you/thesis.git":                       {"git", "bitbucket.org", "", thesis},
		"ssh://git@bitbucket.org/you/thesis.git":                  {"git", "bitbucket.org", "", thesis},
		"ssh://git@bitbucket.org:22/you/thesis.git/":              {"git", "bitbucket.org", "22", thesis},
		"ssh://git@altssh.bitbucket.org:443/you/thesis.git":       {"git", "altssh.bitbucket.org", "443", thesis},
		"git+ssh://git@ssh.bitbucket.org/you/thesis.git":          {"git", "ssh.bitbucket.org", "", thesis},
		"git@work:you/thesis.git":                                 {"git", "work", "", thesis},
		"git@bitbucket.org:{0a1b-2c}/thesis.git":                  {"git", "bitbucket.org", "", Repository{"{0a1b-2c}", "thesis"}},
		"https://bitbucket.org/you/thesis.git":                    {},
		"file:///you/thesis.git":                                  {},
		"/you/thesis":                                             {},
		"origin":                                                  {},
		"git@bitbucket.org:you/thesis/wiki.git":                   {},
		"git@bitbucket.org:thesis.git":                            {},
		"git@bitbucket.org:you/$(reboot).git":                     {},
		"git@bitbucket.org:you/the sis.git":                       {},
		"git@bitbucket.org:you/thesis.git\ngit@bitbucket.org:a/b": {},
		"-oProxyCommand=x@bitbucket.org:you/thesis.git":           {},
		"git@-oProxyCommand=x:you/thesis.git":                     {},
		"":                                                        {},
	} {
		got, ok := ParseSSHRemote(url)
		if ok != (want != SSHRemote{}) || ok && got != want {
			t.Errorf("%q: %+v, %v", url, got, ok)
		}
		if !ok {
			continue
		}
		if again, ok := ParseSSHRemote(got.String()); !ok || again != got {
			t.Errorf("%q is written as %q", url, got)
		}
	}
}

func TestServesSSH(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"bitbucket.org": true, "Bitbucket.ORG": true, "ssh.bitbucket.org": true, "altssh.bitbucket.org": true,
		"": false, "github.com": false, "bitbucket.org.example.com": false, "bitbucket.example.com": false, "xssh.bitbucket.org": false, "bitbucket.org:22": false,
	} {
		if got := ServesSSH(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

func TestBase(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ base, ssh, https Base }{
		{"git@bitbucket.org:", "git@ssh.bitbucket.org:", "https://bitbucket.org/"},
		{"git@bitbucket.org:you/", "git@ssh.bitbucket.org:you/", "https://bitbucket.org/you/"},
		{"ssh://git@bitbucket.org/", "git@ssh.bitbucket.org:", "https://bitbucket.org/"},
		{"ssh://git@bitbucket.org:22/you/", "git@ssh.bitbucket.org:you/", "https://bitbucket.org/you/"},
		{"ssh://git@altssh.bitbucket.org:443/", "git@ssh.bitbucket.org:", "https://bitbucket.org/"},
		{"ssh://git@bitbucket.org", "", ""}, // what follows is not known
		{"git@github.com:", "", ""},
		{"git@work:", "", ""},
		{"https://bitbucket.org/", "", ""},
	} {
		ssh, ok1 := tc.base.OverSSH()
		https, ok2 := tc.base.OverHTTPS()
		if ssh != tc.ssh || https != tc.https || ok1 != (tc.ssh != "") || ok2 != ok1 {
			t.Errorf("%q: %q, %q", tc.base, ssh, https)
		}
	}
}

func TestReadSSH(t *testing.T) {
	t.Parallel()
	const fatal = "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n"
	const reached = "debug1: Connecting to bitbucket.org [104.192.141.1] port 22.\ndebug1: Connection established.\ndebug1: Authenticating to bitbucket.org:22 as 'git'\n"
	const offered = reached + "debug1: Offering public key: /home/you/.ssh/id_ed25519 ED25519 SHA256:x\n"
	for _, tc := range []struct {
		name, said string
		want       SSHTrouble
	}{
		{"key refused", offered + "git@bitbucket.org: Permission denied (publickey).\n" + fatal, SSHKeyRefused},
		{"nothing to offer", reached + "git@bitbucket.org: Permission denied (publickey).\n" + fatal, SSHNoKey},
		{"a passphrase is wanted", offered + "debug1: Server accepts key: /home/you/.ssh/id_ed25519 ED25519 SHA256:x\ngit@bitbucket.org: Permission denied (publickey).\n" + fatal, SSHUnclear},
		{"who knows what was offered", "git@bitbucket.org: Permission denied (publickey).\n" + fatal, SSHUnclear},
		{"no such right", offered + "Repository access denied.\n" + fatal, SSHAccessRefused},
		{"no such right, long ago", "conq: repository access denied.\n" + fatal, SSHAccessRefused},
		{"unauthorized", offered + "Unauthorized\n" + fatal, SSHAccessRefused},
		{"forbidden", offered + "Forbidden\r\n" + fatal, SSHAccessRefused},
		{"host key changed", reached + "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.\n" + fatal, SSHHostKeyChanged},
		{"host key unknown", reached + "No ED25519 host key is known for bitbucket.org and you have requested strict checking.\nHost key verification failed.\n" + fatal, SSHHostKeyUnknown},
		{"refused", "ssh: connect to host bitbucket.org port 22: Connection refused\n" + fatal, SSHUnreachable},
		{"refused, on Windows", "ssh: connect to host bitbucket.org port 22: Connection refused\r\n" + fatal, SSHUnreachable},
		{"timed out", "ssh: connect to host bitbucket.org port 22: Connection timed out\n" + fatal, SSHUnreachable},
		{"timed out, macOS", "ssh: connect to host bitbucket.org port 22: Operation timed out\n" + fatal, SSHUnreachable},
		{"no route", "ssh: connect to host bitbucket.org port 22: No route to host\n" + fatal, SSHUnreachable},
		{"hung up", "kex_exchange_identification: read: Connection reset by peer\nConnection reset by 104.192.141.1 port 22\n" + fatal, SSHUnreachable},
		{"hung up, long ago", "ssh_exchange_identification: Connection closed by remote host\n" + fatal, SSHUnreachable},
		{"something else listens", "banner exchange: Connection to 104.192.141.1 port 443: invalid format\n" + fatal, SSHUnreachable},
		{"silent after the connection", "Connection timed out during banner exchange\nConnection to 104.192.141.1 port 22 timed out\n" + fatal, SSHUnreachable},
		{"silent all along", "debug1: Connecting to bitbucket.org [104.192.141.1] port 22.\ndebug1: connect to address 104.192.141.1 port 22: Connection timed out\n", SSHUnreachable},
		{"no network", "debug1: Connecting to bitbucket.org [104.192.141.1] port 22.\ndebug1: connect to address 104.192.141.1 port 22: Network is unreachable\nssh: connect to host bitbucket.org port 22: Network is unreachable\n" + fatal, SSHUnclear},
		{"no name service", "ssh: Could not resolve hostname bitbucket.org: Temporary failure in name resolution\n" + fatal, SSHUnclear},
		{"an address of several", "debug1: connect to address 2401:1d80::1 port 22: Connection refused\n" + reached, SSHUnclear},
		{"a branch of that name", "error: src refspec Forbidden does not match any\n", SSHUnclear},
		{"nothing", "", SSHUnclear},
	} {
		if got := ReadSSH(tc.said).Trouble; got != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, got, tc.want)
		}
	}
}

// What a person's SSH configuration makes of a name is the place that counts.
func TestReadSSHPlace(t *testing.T) {
	t.Parallel()
	for said, want := range map[string][2]string{
		"debug1: Connecting to altssh.bitbucket.org [18.205.93.1] port 443.\r\n":                          {"altssh.bitbucket.org", "443"},
		"debug1: Connecting to altssh.bitbucket.org port 443.\n":                                          {"altssh.bitbucket.org", "443"},
		"debug1: Executing proxy command: exec nc\ndebug1: Authenticating to bitbucket.org:22 as 'git'\n": {"bitbucket.org", "22"},
		"ssh: Could not resolve hostname work: Name or service not known\n":                               {"", ""},
	} {
		if f := ReadSSH(said); f.Host != want[0] || f.Port != want[1] {
			t.Errorf("%q: %+v", said, f)
		}
	}
}
