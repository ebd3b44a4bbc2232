package auth

import (
	"slices"
	"testing"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/sshtrace"
)

func sshTo(url, service string) sshtrace.Connection {
	remote, _ := bitbucket.ParseSSHRemote(url)
	return sshtrace.Connection{Remote: remote, Long: len(url) > 6 && url[:6] == "ssh://", Service: service}
}

func TestWhatToTypeForSSH(t *testing.T) {
	t.Parallel()
	const (
		fetch, push = "git-upload-pack", "git-receive-pack"
		scp, long   = "git@bitbucket.org:you/thesis.git", "ssh://git@bitbucket.org:22/you/thesis.git"
		newSSH      = "git@ssh.bitbucket.org:you/thesis.git"
		https       = "https://bitbucket.org/you/thesis.git"
	)
	set := func(pairs ...string) (entries []realgit.Entry) {
		for pair := range slices.Chunk(pairs, 2) {
			entries = append(entries, realgit.Entry{Origin: "file:/etc/gitconfig", Key: pair[0], Value: pair[1]})
		}
		return entries
	}
	for _, tc := range []struct {
		name, url, service string
		args               []string
		entries            []realgit.Entry
		ssh, https         string
	}{
		{"a remote", scp, fetch, []string{"origin"}, set("remote.origin.url", scp),
			"git remote set-url origin " + newSSH, "git remote set-url origin " + https},
		{"the right one of several", scp, fetch, nil, set("remote.a.url", newSSH, "remote.b.url", "git@bitbucket.org:you/notes", "remote.c.d.url", scp),
			"git remote set-url c.d " + newSSH, "git remote set-url c.d " + https},
		{"a name to be quoted", scp, fetch, nil, set("remote.my'$origin.url", scp),
			`git remote set-url 'my'\''$origin' ` + newSSH, `git remote set-url 'my'\''$origin' ` + https},
		{"a pushurl", scp, push, nil, set("remote.origin.url", https, "remote.origin.pushurl", scp),
			"git remote set-url --push origin " + newSSH, "git remote set-url --push origin " + https},
		{"one URL of several", scp, push, nil, set("remote.origin.url", "git@github.com:you/thesis.git", "remote.origin.url", scp),
			"git remote set-url origin " + newSSH + " " + scp, "git remote set-url origin " + https + " " + scp},
		{"the other notation", long, fetch, nil, set("remote.origin.url", scp, "remote.long.url", long),
			"git remote set-url long " + newSSH, "git remote set-url long " + https},
		{"an argument", scp, fetch, []string{"-q", scp, "copy"}, nil, newSSH, https},
		{"a rule", scp, fetch, nil, set("remote.origin.url", "bb:thesis.git", "url.git@bitbucket.org:you/.insteadof", "bb:"),
			"git config --file /etc/gitconfig --rename-section url.git@bitbucket.org:you/ url.git@ssh.bitbucket.org:you/",
			"git config --file /etc/gitconfig --rename-section url.git@bitbucket.org:you/ url.https://bitbucket.org/you/"},
		{"the longest rule", scp, fetch, []string{"https://bitbucket.org/you/thesis.git"},
			set("url.git@bitbucket.org:you/.insteadof", "https://bitbucket.org/you/", "url.git@github.com:.insteadof", "https://bitbucket.org/"),
			"git config --file /etc/gitconfig --rename-section url.git@bitbucket.org:you/ url.git@ssh.bitbucket.org:you/",
			"git config --file /etc/gitconfig --rename-section url.git@bitbucket.org:you/ url.https://bitbucket.org/you/"},
		{"a rule for pushing", scp, push, nil, set("remote.origin.url", https, "url.git@bitbucket.org:.pushinsteadof", "https://bitbucket.org/"),
			"git config --file /etc/gitconfig --rename-section url.git@bitbucket.org: url.git@ssh.bitbucket.org:",
			"git config --file /etc/gitconfig --rename-section url.git@bitbucket.org: url.https://bitbucket.org/"},
		{"a rule that is whole", scp, fetch, nil, set("remote.origin.url", "thesis", "url.bitbucket.org:you/thesis.git.insteadof", "x", "url.git@bitbucket.org:you/the.insteadof", "the"),
			"git config --file /etc/gitconfig --rename-section url.git@bitbucket.org:you/the url.git@ssh.bitbucket.org:you/the",
			"git config --file /etc/gitconfig --rename-section url.git@bitbucket.org:you/the url.https://bitbucket.org/you/the"},
		{"a submodule", scp, fetch, nil, set("remote.origin.url", https, "submodule.lib.url", scp),
			"git config --global url.git@ssh.bitbucket.org:.insteadOf git@bitbucket.org:",
			"git config --global url.https://bitbucket.org/.insteadOf git@bitbucket.org:"},
		{"from nowhere that can be seen", long, fetch, nil, nil,
			"git config --global url.git@ssh.bitbucket.org:.insteadOf ssh://git@bitbucket.org:22/",
			"git config --global url.https://bitbucket.org/.insteadOf ssh://git@bitbucket.org:22/"},
	} {
		c := sshTo(tc.url, tc.service)
		ssh, https := routeTo(c, tc.args, tc.entries).changes(c, newSSH, nil)
		if ssh != tc.ssh || https != tc.https {
			t.Errorf("%s:\n%s\n%s", tc.name, ssh, https)
		}
	}
}

// A rule of the command line stands in no file.
func TestRuleOfTheCommandLine(t *testing.T) {
	t.Parallel()
	c := sshTo("git@bitbucket.org:you/thesis.git", "git-upload-pack")
	entries := []realgit.Entry{
		{Origin: "command line:", Key: "url.git@bitbucket.org:.insteadof", Value: "bb:"},
		{Origin: "file:.git/config", Key: "remote.origin.url", Value: "bb:you/thesis.git"},
	}
	if got := routeTo(c, nil, entries); got != (sshRoute{typed: true}) {
		t.Errorf("%+v", got)
	}
}

func TestSSHCommandsMeanTheSameRepository(t *testing.T) {
	t.Parallel()
	got := folders([]string{"-C", "my clones", "-c", "a.b=c", "-C", "thesis"})
	if line := realgit.Typed(append(got, "fetch")...); line != "git -C 'my clones' -C thesis fetch" {
		t.Error(line)
	}
}

func TestMayBeBitbucket(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"bitbucket.org": true, "altssh.bitbucket.org": true, "work": true, "bitbucket.org-work": true,
		"github.com": false, "git.example.com": false, "192.168.1.2": false,
	} {
		if got := mayBeBitbucket(host); got != want {
			t.Errorf("%s: %v", host, got)
		}
	}
}
