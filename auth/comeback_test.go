package auth

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/shim_test/cloud"
)

// asksFirst is what git 2.55 writes to a helper after a 401.
const asksFirst = `capability[]=authtype
capability[]=state
protocol=https
host=bitbucket.org
path=you/thesis.git
wwwauth[]=Basic realm="Bitbucket.org HTTP"
`

// asksAgain is what it writes when the answer was refused: the password is gone,
// the user name is the one of the answer.
func asksAgain(answer credential.Message) string {
	return strings.Replace(asksFirst, "wwwauth", "username="+answer.Get("username")+"\nwwwauth", 1) +
		"state[]=" + answer.Get("state[]") + "\n"
}

func (s *scene) reply(t *testing.T, question string) credential.Message {
	t.Helper()
	m, err := credential.Parse([]byte(question))
	if err != nil {
		t.Fatal(err)
	}
	return s.handle(t.Context(), "get", m)
}

func TestGitComesBack(t *testing.T) {
	t.Parallel()
	s := newScene(t, "[credential]\n\thelper = store\n")
	revoked, good := s.token("revoked", cloud.Revoked), s.token("good", cloud.Good)
	s.has("", revoked)
	line := "https://you:" + good.Reveal() + "@bitbucket.org\n"
	if err := os.WriteFile(filepath.Join(s.home, ".git-credentials"), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	first := s.reply(t, asksFirst)
	if first.Get("password") != revoked.Reveal() || first.Get("continue") != "1" || !first.Has("capability[]", "state") || first.Get("state[]") == "" {
		t.Fatal("the first answer does not invite git to come back")
	}
	second := s.reply(t, asksAgain(first))
	if second.Get("password") != good.Reveal() {
		t.Fatalf("a refused token was not replaced\n%s", s.cloud.Log())
	}
	if second.Has("continue", "1") {
		t.Error("git is invited to come back for ever")
	}
}

// The user name of an answer is none that the URL has named: a token would be
// kept for it.
func TestUserNameOfAnAnswer(t *testing.T) {
	t.Parallel()
	s := newScene(t, "[credential]\n\thelper = store\n")
	line := "https://somebody:" + s.token("revoked", cloud.Revoked).Reveal() + "@bitbucket.org\n"
	if err := os.WriteFile(filepath.Join(s.home, ".git-credentials"), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	s.reply(t, asksAgain(s.reply(t, asksFirst)))
	if len(s.refused) != 1 || s.refused[0].from.user != "" || s.refused[0].from.message.Get("username") != "" {
		t.Errorf("%d refusals, for a user that no URL names", len(s.refused))
	}
}

// Git ends with its own words only where it is refused once more.
func TestNothingBetter(t *testing.T) {
	t.Parallel()
	s := newScene(t, "")
	revoked := s.token("revoked", cloud.Revoked)
	s.has("", revoked)
	first := s.reply(t, asksFirst)
	second := s.reply(t, asksAgain(first))
	if second.Get("password") != revoked.Reveal() || second.Has("continue", "1") || second.Get("state[]") != "" {
		t.Error("git is not given the same again, for the last time")
	}
	for range 3 { // git-lfs would ask for ever
		if again := s.reply(t, asksFirst); again.Get("quit") == "" {
			t.Error("a refused token is given without end")
		}
	}
}

// Another token would not see the repository either, so that nobody is asked.
func TestHiddenRepository(t *testing.T) {
	t.Parallel()
	s := newScene(t, "")
	good := s.token("good", cloud.Good)
	s.has("", good)
	kept := s.fresh[""]
	kept.Worked = []string{"you/thesis"}
	s.fresh[""] = kept
	elsewhere := func(question string) string { return strings.Replace(question, "you/thesis", "other/thesis", 1) }
	first := s.reply(t, elsewhere(asksFirst))
	second := s.reply(t, elsewhere(asksAgain(first)))
	if second.Get("password") != good.Reveal() || second.Has("continue", "1") || s.hasNobody() {
		t.Errorf("git is not given the same again, or a person was to be asked\n%s", s.cloud.Log())
	}
	if s.reply(t, asksFirst).Get("password") != good.Reveal() {
		t.Error("the token is not given any more where it is good")
	}
}

// A state that another program made up costs nothing.
func TestStrangeStates(t *testing.T) {
	t.Parallel()
	for _, state := range []string{"", "bbgit:", "bbgit:0:1", "bbgit:x:1:you", "bbgit:0:1:%zz", "bbgit:9:1:", "bbgit:-1:1:", "gcm:0:1:you"} {
		s := &session{}
		r := request{message: credential.Message{{Key: "state[]", Value: state}}}
		if answer, ok := s.sameAgain(r); ok {
			t.Errorf("%q gets %d attributes", state, len(answer))
		}
	}
	c := comeback{offer: 3, source: fromHelper, user: "a:b c%"}
	if got, ok := comebackOf(credential.Message{{Key: "state[]", Value: "gcm:x"}, {Key: "state[]", Value: c.String()}, {Key: "state[]", Value: "y"}}); !ok || got != c {
		t.Errorf("read %+v, %v", got, ok)
	}
}

func TestInviting(t *testing.T) {
	t.Parallel()
	newer := credential.Message{{Key: "capability[]", Value: "authtype"}, {Key: "capability[]", Value: "state"}}
	plain := credential.Message{{Key: "username", Value: "you"}, {Key: "password", Value: "x"}}
	for name, tc := range map[string]struct {
		asked, answer credential.Message
		source        source
		want          bool
	}{
		"git 2.46":                      {newer, plain, fromHelper, true},
		"git 2.45":                      {nil, plain, fromHelper, false},
		"a second question":             {newer.With("state[]", comeback{}.String()), plain, fromHelper, false},
		"another helper's state":        {newer.With("state[]", "gcm:1"), plain, fromHelper, true},
		"BBGIT_TOKEN":                   {newer, plain, fromEnvironment, false},
		"a helper that goes on itself":  {newer, plain.With("continue", "1"), fromHelper, false},
		"a helper with a state":         {newer, plain.With("state[]", "gcm:1"), fromHelper, false},
		"a credential that is no words": {newer, credential.Message{{Key: "authtype", Value: "Bearer"}, {Key: "credential", Value: "x"}}, fromHelper, false},
	} {
		got := request{message: tc.asked}.inviting(tc.answer, comeback{source: tc.source})
		if got.Get("continue") == "1" != tc.want && tc.answer.Get("continue") == "" {
			t.Errorf("%s: invited %v", name, !tc.want)
		}
		if !tc.want && len(got) != len(tc.answer) {
			t.Errorf("%s: the answer was changed", name)
		}
	}
}

// What git tells us of a success goes to the person's own helpers, without what
// was between git and us.
func TestWithoutComeback(t *testing.T) {
	t.Parallel()
	m := credential.Message{{Key: "capability[]", Value: "state"}, {Key: "password", Value: "x"},
		{Key: "continue", Value: "1"}, {Key: "state[]", Value: "gcm:1"}, {Key: "state[]", Value: comeback{}.String()}}
	got := withoutComeback(m)
	if len(got) != 3 || !got.Has("state[]", "gcm:1") || got.Has("continue", "1") {
		t.Errorf("left %d attributes", len(got))
	}
	theirs := m[:4]
	if got := withoutComeback(theirs); len(got) != len(theirs) {
		t.Error("a state of another helper was taken away")
	}
}

// Without the bbgit that gave it, the keyring knows which token was refused; and
// a helper's credential is left to git.
func TestOfferOf(t *testing.T) {
	t.Parallel()
	s := newScene(t, "")
	if _, known := s.offerOf(t.Context(), request{repository: bitbucket.Repository{Workspace: "you", Name: "thesis"}}, comeback{offer: 0, source: fromUs}); known {
		t.Error("found what was never given")
	}
}
