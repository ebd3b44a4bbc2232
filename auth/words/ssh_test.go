package words

import (
	"strings"
	"testing"

	"bbgit/auth/bitbucket"
)

// sshSayings are what is said of SSH.
func sshSayings(s Style) map[string]string {
	old := SSHFailure{
		Repository: thesis,
		Host:       bitbucket.Host,
		New:        "git remote set-url origin git@ssh.bitbucket.org:you/thesis.git",
		HTTPS:      "git remote set-url origin https://bitbucket.org/you/thesis.git",
	}
	current := old
	current.Host, current.New = bitbucket.SSHHost, ""
	all := make(map[string]string)
	for name, trouble := range map[string]bitbucket.SSHTrouble{
		"key": bitbucket.SSHKeyRefused, "no-key": bitbucket.SSHNoKey, "access": bitbucket.SSHAccessRefused,
		"host-key-changed": bitbucket.SSHHostKeyChanged, "host-key-unknown": bitbucket.SSHHostKeyUnknown,
	} {
		old.Trouble, current.Trouble = trouble, trouble
		all["ssh-"+name] = s.SSHFailed(current)
		all["ssh-"+name+"-old"] = s.SSHFailed(old)
	}
	pushed := current
	pushed.Trouble, pushed.Push = bitbucket.SSHAccessRefused, true
	all["ssh-access-push"] = s.SSHFailed(pushed)

	old.Trouble, current.Trouble = bitbucket.SSHUnreachable, bitbucket.SSHUnreachable
	all["ssh-silent-old"] = s.SSHFailed(old)
	current.New = "git remote set-url origin ssh://git@altssh.bitbucket.org:443/you/thesis.git"
	all["ssh-silent"] = s.SSHFailed(current)

	alt := current
	alt.Host, alt.Port, alt.New = bitbucket.AltSSHHost, "443", ""
	all["ssh-silent-alt"] = s.SSHFailed(alt)
	alt.Trouble = bitbucket.SSHHostKeyChanged
	all["ssh-host-key-changed-alt"] = s.SSHFailed(alt)
	alt.Trouble = bitbucket.SSHHostKeyUnknown
	all["ssh-host-key-unknown-alt"] = s.SSHFailed(alt)

	named := old
	named.Alias, named.New = "work", "HostName ssh.bitbucket.org"
	all["ssh-silent-alias"] = s.SSHFailed(named)
	typed := old
	typed.InPlace, typed.New, typed.HTTPS = true, thesis.SSHURL(), thesis.URL()
	all["ssh-silent-argument"] = s.SSHFailed(typed)
	rule := old
	rule.New = "git config --file ~/.gitconfig --rename-section url.git@bitbucket.org: url.git@ssh.bitbucket.org:"
	all["ssh-silent-rule"] = s.SSHFailed(rule)
	return all
}

// Nothing about SSH is mended by making a token, and nothing is to be asked.
func TestSSHIsNotMendedByATokenOfItsOwn(t *testing.T) {
	t.Parallel()
	for name, text := range sshSayings(Style{Width: 200}) {
		joined := strings.Join(strings.Fields(text), " ")
		if !strings.Contains(joined, "API tokens have no part in SSH.") {
			t.Errorf("%s does not say that tokens have no part in it", name)
		}
		if strings.Contains(text, bitbucket.TokenPage) || strings.Contains(text, bitbucket.TokenButton) || strings.Contains(text, "?") {
			t.Errorf("%s sends people to make a token, or asks:\n%s", name, text)
		}
	}
}

func TestCommandsCanBeCopiedThoughBroken(t *testing.T) {
	t.Parallel()
	const line = "git config --file ~/.gitconfig --rename-section url.git@bitbucket.org: url.git@ssh.bitbucket.org:"
	broken := Style{}.command(line)
	if !strings.Contains(broken, " \\\n") {
		t.Errorf("not broken: %q", broken)
	}
	if got := strings.Join(strings.Fields(strings.ReplaceAll(broken, "\\\n", "")), " "); got != line {
		t.Errorf("%q", got)
	}
}
