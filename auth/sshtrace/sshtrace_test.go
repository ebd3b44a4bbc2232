package sshtrace

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bbgit/auth/bitbucket"
)

func thesis(host, port string) bitbucket.SSHRemote {
	return bitbucket.SSHRemote{User: "git", Host: host, Port: port, Repository: bitbucket.Repository{Workspace: "you", Name: "thesis"}}
}

// The lines are those of git 2.39.
func TestUnansweredOfOneProcess(t *testing.T) {
	t.Parallel()
	const before = "22:00:40.102615 run-command.c:722                 "
	short := Connection{Remote: thesis("bitbucket.org", ""), Service: "git-upload-pack"}
	for _, tc := range []struct {
		name, trace string
		want        []Connection
	}{
		{"no answer", before + `child_start[0] ssh -o SendEnv=GIT_PROTOCOL git@bitbucket.org 'git-upload-pack '\''you/thesis.git'\'''`, []Connection{short}},
		{"answered", before + `child_start[0] ssh -o SendEnv=GIT_PROTOCOL git@bitbucket.org 'git-upload-pack '\''you/thesis.git'\'''` + "\n" +
			before + "child_exit[0] pid:12 code:0 elapsed:0.1\n", nil},
		{"another child was", before + `child_start[3] ssh git@bitbucket.org 'git-upload-pack '\''you/thesis.git'\'''` + "\n" +
			before + "child_start[4] git index-pack\n" + before + "child_exit[4] pid:12 code:0 elapsed:0.1\n", []Connection{short}},
		{"an unhappy end", before + `child_start[0] ssh git@bitbucket.org 'git-upload-pack '\''you/thesis.git'\'''` + "\n" +
			before + "child_exit[0] pid:12 code:255 elapsed:0.1\n", []Connection{short}},
		{"a command of the person's, a port, a push",
			before + `child_start[0] 'ssh -i '\''my key'\''' -o SendEnv=GIT_PROTOCOL -p 443 git@altssh.bitbucket.org 'git-receive-pack '\''/you/thesis.git'\'''`,
			[]Connection{{Remote: thesis("altssh.bitbucket.org", "443"), Long: true, Service: "git-receive-pack"}}},
		{"plink", before + `child_start[0] plink -batch -P 443 git@altssh.bitbucket.org 'git-upload-pack '\''/you/thesis.git'\'''`,
			[]Connection{{Remote: thesis("altssh.bitbucket.org", "443"), Long: true, Service: "git-upload-pack"}}},
		{"a name in the SSH configuration", before + `child_start[0] ssh git@work 'git-upload-pack '\''you/thesis.git'\'''`,
			[]Connection{{Remote: thesis("work", ""), Service: "git-upload-pack"}}},
		{"a path that Bitbucket cannot have", before + `child_start[0] ssh git@bitbucket.org 'git-upload-pack '\''/srv/a/b/c.git'\'''`, nil},
		{"a path to make somebody copy", before + `child_start[0] ssh git@bitbucket.org 'git-upload-pack '\''you/$(reboot).git'\'''`, nil},
		{"no connection", before + "child_start[0] git rev-list --objects --stdin", nil},
		{"half a line", before + `child_start[0] ssh git@bitbucket.org 'git-upload-pack '\''you/th`, nil},
		{"nothing", "", nil},
	} {
		if got := unanswered(tc.trace); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %+v", tc.name, got)
		}
	}
}

func TestUnansweredLatestFirstAndOnce(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, repository := range map[string]string{"1-a": "you/one", "2-b": "you/two", "3-c": "you/one"} {
		text := " child_start[0] ssh git@bitbucket.org 'git-upload-pack '\\''" + repository + ".git'\\'''\n"
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	for _, c := range Unanswered(folder) {
		names = append(names, c.Remote.Repository.Name)
	}
	if !slices.Equal(names, []string{"one", "two"}) {
		t.Errorf("got %q", names)
	}
	if got := Unanswered(filepath.Join(folder, "none")); got != nil {
		t.Errorf("without a trace: %v", got)
	}
}
