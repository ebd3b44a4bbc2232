package auth

import (
	"bbgit/auth/bitbucket"
	"bbgit/auth/secret"
)

// Of several fetches in one command, the first may be refused and give up before
// the person is asked for a token in the second. Then the token came too late for
// the first, and the command has to run again.

// gaveUp is that git gave up at a repository, because a credential was refused.
type gaveUp struct {
	secret secret.Secret
	from   request
}

func (s *session) noteGaveUp(r request, o offer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.givenUp = append(s.givenUp, gaveUp{o.secret, r})
}

// tooLate is a repository that git gave up at, although there is a better
// credential by now. Whoever asked on, as git-lfs does, has had that one. So has
// git in a submodule: but what it fetches the second time is a single commit.
func (s *session) tooLate() (request, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.givenUp {
		if g.from.inSubmodule() || !s.servedInstead(g.from.repository, g.secret) {
			return g.from, true
		}
	}
	return request{}, false
}

// servedInstead wants s.mu held. It tells that Bitbucket has taken another
// credential for a repository.
func (s *session) servedInstead(where bitbucket.Repository, x secret.Secret) bool {
	for _, a := range s.served {
		if a.repository.Folded() == where.Folded() && !a.secret.Equal(x) {
			return true
		}
	}
	return false
}
