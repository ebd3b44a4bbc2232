package bitbucket

import (
	"strings"
	"testing"
)

var (
	apiToken    = "ATATT3xFfGF0" + strings.Repeat("a-B_9", 34) + "b=1A2B3C4D"
	accessToken = "ATCTT3xFfGN0" + strings.Repeat("a-B_9", 34) + "b=1A2B3C4D"
	appPassword = "ATBB" + strings.Repeat("x7", 16)
)

func TestKindOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Kind{
		apiToken:                 APIToken,
		accessToken:              AccessToken,
		appPassword:              AppPassword,
		"abcdefghij0123456789":   AppPassword,
		"abcdefghij0123456-89":   Password,
		"hunter2":                Password,
		"":                       Password,
		"BBDC-abc":               DataCenterToken,
		"ghp_abc":                OtherService,
		strings.Repeat("x", 84):  Unknown,
		"atat" + apiToken[4:]:    Unknown,
		strings.Repeat("ab", 31): Password,
	} {
		if got := KindOf(text); got != want {
			t.Errorf("a secret of %d characters is of kind %d, want %d", len(text), got, want)
		}
	}
}

func TestUserName(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]string{
		apiToken: "x-bitbucket-api-token-auth", accessToken: "x-token-auth", "a token to come": "x-bitbucket-api-token-auth",
	} {
		if got := UserName(token); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestReadPaste(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, line string
		want       Paste
		token      string
	}{
		{"a token", apiToken, Plausible, apiToken},
		{"an access token", accessToken, Plausible, accessToken},
		{"spaces, quotes and CR", "  \"" + apiToken + "\" \r", Plausible, apiToken},
		{"typographic quotes", "\u201c" + apiToken + "\u201d", Plausible, apiToken},
		{"bracketed paste", "\x1b[200~" + apiToken + "\x1b[201~", Plausible, apiToken},
		{"a mark within a mark", "\x1b[20\x1b[200~0~" + apiToken, Plausible, apiToken},
		{"a byte order mark", "\ufeff" + apiToken, Plausible, apiToken},
		{"nothing", " \t\r", Nothing, ""},
		{"Ctrl-V and Enter", "\x16", PastedKeys, ""},
		{"Ctrl-V that took the Enter with it", "\n", PastedKeys, ""},
		{"cut off", apiToken[:150], CutOff, apiToken[:150]},
		{"without its end", strings.TrimSuffix(apiToken, "=1A2B3C4D"), CutOff, apiToken[:len(apiToken)-9]},
		{"an app password", appPassword, PastedAppPassword, appPassword},
		{"an old app password", "abcdefghij0123456789", PastedAppPassword, "abcdefghij0123456789"},
		{"an e-mail address", "you@example.com", PastedMail, "you@example.com"},
		{"the page", TokenPage, PastedURL, TokenPage},
		{"a sentence", "my new token", PastedText, "my new token"},
		{"two tokens", apiToken + " " + apiToken, PastedText, apiToken + " " + apiToken},
		{"an escape code inside", "ab\x1b[31mcd", PastedText, "ab\x1b[31mcd"},
		{"a token to come", "NEW9" + strings.Repeat("x", 200), StrangeToken, "NEW9" + strings.Repeat("x", 200)},
		{"a Data Center token", "BBDC-abcdef", PastedDataCenterToken, "BBDC-abcdef"},
		{"a GitHub token", "ghp_abcdef", PastedOtherService, "ghp_abcdef"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			token, got := ReadPaste(tc.line)
			if got != tc.want || token != tc.token {
				t.Errorf("got %d and %d characters, want %d and %d", got, len(token), tc.want, len(tc.token))
			}
		})
	}
}

func FuzzReadPaste(f *testing.F) {
	for _, seed := range []string{apiToken, " '" + appPassword + "'\r", "\x1b[200~x\x1b[201~", "a\x00b", "\xff\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		token, paste := ReadPaste(line)
		if paste.Sendable() && strings.ContainsAny(token, "\x00\r\n \x1b") {
			t.Fatalf("%q would be sent", token)
		}
		if again, same := ReadPaste(token); again != token || same != paste && paste != PastedKeys {
			t.Fatalf("cleaning %q twice gives %q", token, again)
		}
	})
}

func TestServes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		protocol, host string
		want           bool
	}{
		{"https", "bitbucket.org", true},
		{"https", "BitBucket.org", true},
		{"https", "bitbucket.org:443", true},
		{"http", "bitbucket.org", false},
		{"https", "bitbucket.org:8443", false},
		{"https", "bitbucket.org.example.com", false},
		{"https", "bitbucket.orgs", false},
		{"https", "xbitbucket.org", false},
		{"https", "ssh.bitbucket.org", false},
		{"https", "", false},
		{"", "", false},
		{"", "bitbucket.org", false},
	} {
		if got := Serves(tc.protocol, tc.host); got != tc.want {
			t.Errorf("Serves(%q, %q) = %v", tc.protocol, tc.host, got)
		}
	}
}

func TestRepositoryOf(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]Repository{
		"you/thesis.git":                        {"you", "thesis"},
		"/you/thesis.git/info/refs":             {"you", "thesis"},
		"you/thesis":                            {"you", "thesis"},
		"you/thesis.git/info/lfs/objects/batch": {"you", "thesis"},
		"you":                                   {},
		"":                                      {},
		"//thesis":                              {},
		"you/.git":                              {"you", ""},
	} {
		if got := RepositoryOf(path); got != want {
			t.Errorf("RepositoryOf(%q) = %q", path, got)
		}
	}
}

func TestParseRemote(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		url, user, secret, without, masked string
		ok                                 bool
	}{
		{"https://bitbucket.org/ws/r.git", "", "", "https://bitbucket.org/ws/r.git", "https://bitbucket.org/ws/r.git", true},
		{"https://you@bitbucket.org/ws/r.git", "you", "", "https://you@bitbucket.org/ws/r.git", "https://you@bitbucket.org/ws/r.git", true},
		{"https://you:pw@bitbucket.org/ws/r", "you", "pw", "https://you@bitbucket.org/ws/r", "https://you:****@bitbucket.org/ws/r", true},
		{"HTTPS://you%40example.com:p%40w@BitBucket.org:443/ws/r", "you@example.com", "p@w", "HTTPS://you%40example.com@BitBucket.org:443/ws/r", "HTTPS://you%40example.com:****@BitBucket.org:443/ws/r", true},
		{"https://you:a@b@bitbucket.org/ws/r", "you", "a@b", "https://you@bitbucket.org/ws/r", "https://you:****@bitbucket.org/ws/r", true},
		{"https://you:pw@bitbucket.org/ws/th%65sis", "you", "pw", "https://you@bitbucket.org/ws/th%65sis", "https://you:****@bitbucket.org/ws/th%65sis", true},
		{"https://:pw@bitbucket.org/ws/r", "", "pw", "https://bitbucket.org/ws/r", "https://:****@bitbucket.org/ws/r", true},
		{"http://you:pw@bitbucket.org/ws/r", "", "", "", "", false},
		{"https://you:pw@bitbucket.org.example.com/ws/r", "", "", "", "", false},
		{"https://bitbucket.org:pw@example.com/ws/r", "", "", "", "", false},
		{"https://example.com/@bitbucket.org/ws/r", "", "", "", "", false},
		{"git@bitbucket.org:ws/r.git", "", "", "", "", false},
		{"https://you:%zz@bitbucket.org/ws/r", "", "", "", "", false},
	} {
		r, ok := ParseRemote(tc.url)
		if ok != tc.ok {
			t.Errorf("%s: ok = %v", tc.url, ok)
		}
		if !ok {
			continue
		}
		if r.User != tc.user || r.Secret != tc.secret || r.WithoutSecret() != tc.without || r.Masked() != tc.masked {
			t.Errorf("%s: got %q %q %q %q", tc.url, r.User, r.Secret, r.WithoutSecret(), r.Masked())
		}
	}
}

func TestNothingShownDrivesATerminal(t *testing.T) {
	t.Parallel()
	remote, ok := ParseRemote("https://you:pw@bitbucket.org/you/x%1b]0;PWNED%07%c2%9b2J.git")
	if !ok {
		t.Fatal("not parsed")
	}
	for _, shown := range []string{remote.Repository.String(), remote.Masked(), Printable("a\x9bb\u202ec\nd")} {
		if strings.ContainsAny(shown, "\x1b\x07\u009b\u202e\n") {
			t.Errorf("%q", shown)
		}
	}
	if got := Printable("Größe 1/\x1b"); got != "Größe 1/%1B" {
		t.Errorf("%q", got)
	}
}

func TestATokenIsNoUserName(t *testing.T) {
	t.Parallel()
	remote, ok := ParseRemote("https://" + strings.ReplaceAll(apiToken, "=", "%3D") + "@bitbucket.org/ws/r.git")
	if !ok || !NamesNobody(remote.User) || strings.Contains(remote.Masked(), "ATAT") {
		t.Errorf("taken for a user name: %s", remote.Masked())
	}
	for _, name := range []string{"you", "ATBBar", "abcdefghij0123456789", "you@example.com"} {
		if NamesNobody(name) {
			t.Errorf("%s may be a user name", name)
		}
	}
}

func TestMeaningOf(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		status int
		text   string
		want   Answer
	}{
		{200, "", Accepted},
		{401, "You may not have access to this repository", CredentialRefused},
		{410, "CHANGE-3222 - Functionality has been deprecated", AppPasswordRefused},
		{403, "Your credentials lack one or more required privilege scopes.", ScopeMissing},
		{403, "To access this repository, an admin must whitelist your IP.", AddressNotAllowed},
		{403, "To access this repository, enable two-step authentication.", TwoStepWanted},
		{403, "", Forbidden},
		{402, "", PlanExceeded},
		{404, "", NotVisible},
		{429, "", TooManyRequests},
		{503, "", ServerTrouble},
		{0, "", Unreachable},
		{418, "", Unclear},
	} {
		if got := MeaningOf(tc.status, tc.text); got != tc.want {
			t.Errorf("%d %q means %d, want %d", tc.status, tc.text, got, tc.want)
		}
	}
}
