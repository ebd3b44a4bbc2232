package auth

import (
	"bbgit/auth/bitbucket"
	"bbgit/auth/secret"
)

// A doubt is a credential that was refused where Bitbucket, asked again, takes
// it: git-lfs was told 401 and git is not, or Bitbucket could not be asked. It is
// kept, and may be given again. But git-lfs comes back for another one as often
// as it is refused.

// mostDoubts is how often a credential may be refused without being dead. Once
// can be chance; and a second program of the same run may fare better.
const mostDoubts = 2

type doubt struct {
	secret     secret.Secret
	repository bitbucket.Repository
}

func (s *session) noteDoubt(r request, o offer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.doubts = append(s.doubts, doubt{o.secret, r.repository})
}

// doubted counts how often a credential was refused without being dead.
func (s *session) doubted(r request, o offer) (times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.doubts {
		if d.secret.Equal(o.secret) && d.repository == r.repository {
			times++
		}
	}
	return times
}

// leadsNowhere tells that an offer would be refused once more.
func (s *session) leadsNowhere(r request, o offer) bool {
	return !o.secret.IsZero() && s.doubted(r, o) >= mostDoubts
}
