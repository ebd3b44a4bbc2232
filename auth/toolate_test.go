package auth

import (
	"testing"

	"bbgit/auth/bitbucket"
	"bbgit/auth/secret"
)

func TestTooLate(t *testing.T) {
	t.Parallel()
	old, better := secret.New("old"), secret.New("better")
	at := func(name string, env ...string) request {
		return request{repository: bitbucket.Repository{Workspace: "you", Name: name}, env: env}
	}
	for name, tc := range map[string]struct {
		givenUp []gaveUp
		served  []acceptance
		want    string
	}{
		"nothing was given up":       {nil, nil, ""},
		"never served":               {[]gaveUp{{old, at("notes")}}, nil, "you/notes"},
		"served before, by the same": {[]gaveUp{{old, at("notes")}}, []acceptance{{old, at("notes").repository}}, "you/notes"},
		"another was served":         {[]gaveUp{{old, at("notes")}}, []acceptance{{better, at("thesis").repository}}, "you/notes"},
		"asked on":                   {[]gaveUp{{old, at("notes")}}, []acceptance{{better, at("Notes").repository}}, ""},
		"asked on, but one did not":  {[]gaveUp{{old, at("notes")}, {old, at("thesis")}}, []acceptance{{better, at("notes").repository}}, "you/thesis"},
		"in a submodule":             {[]gaveUp{{old, at("notes", "GIT_DIR=/x/.git/modules/notes")}}, []acceptance{{better, at("notes").repository}}, "you/notes"},
	} {
		s := &session{givenUp: tc.givenUp, served: tc.served}
		got, found := s.tooLate()
		if found != (tc.want != "") || found && got.repository.String() != tc.want {
			t.Errorf("%s: %s, %v", name, got.repository, found)
		}
	}
}
