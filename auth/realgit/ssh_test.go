package realgit

import "testing"

func TestProgramName(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]string{
		"ssh":                   "ssh",
		"ssh -i ~/.ssh/work":    "ssh",
		" /usr/bin/ssh -4":      "ssh",
		"'/my programs/ssh' -4": "ssh",
		`"C:\Windows\System32\OpenSSH\ssh.exe" -4`: "ssh",
		`C:\PuTTY\PLINK.EXE`:                       "plink",
		"TortoisePlink":                            "tortoiseplink",
		"sshpass -e ssh":                           "sshpass",
		"VARIABLE=1 ssh":                           "variable=1",
		"":                                         ".",
	} {
		if got := programName(command); got != want {
			t.Errorf("%q: %q", command, got)
		}
	}
}

// Git has an order of its own.
func TestConfiguredSSH(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, configuration string
		env                 []string
		want                string
	}{
		{"nothing", "", nil, "ssh"},
		{"a program", "", []string{"GIT_SSH=/my programs/ssh"}, "'/my programs/ssh'"},
		{"configuration", "[core]\n\tsshCommand = ssh -4\n\tsshCommand = ssh -6\n", []string{"GIT_SSH=other"}, "ssh -6"},
		{"the environment", "[core]\n\tsshCommand = ssh -4\n", []string{"GIT_SSH=other", "GIT_SSH_COMMAND=ssh -i key"}, "ssh -i key"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := newGit(t, tc.configuration, tc.env...).configuredSSH(t.Context()); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestQuietSSH(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]string{
		"ssh -i key": "ssh -i key" + sshOptions,
		"/my/own":    "/my/own",
		"plink":      "",
	} {
		got, ok := newGit(t, "", "GIT_SSH_COMMAND="+command).sshCommand(t.Context())
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", command, got, ok)
		}
	}
}

func TestTyped(t *testing.T) {
	t.Parallel()
	if got := Typed("-C", "~/thesis", "remote", "set-url", "a b", "", "it's", "$(x)"); got != `git -C ~/thesis remote set-url 'a b' '' 'it'\''s' '$(x)'` {
		t.Error(got)
	}
}
