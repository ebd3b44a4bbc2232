package auth

import "bbgit/auth/secret"

// A doubt is a credential that was refused where Bitbucket, asked again, takes
// it: git-lfs was told 401 and git is not, or Bitbucket could not be asked. It is
// kept, and may be given again. But git-lfs comes back for another one as often
// as it is refused.

// mostDoubts is how often a credential may be refused without being dead. Once
// can be chance; and a second program of the same run may fare better.
const mostDoubts = 2

func (s *session) noteDoubt(o offer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.doubts = append(s.doubts, o.secret)
}

// leadsNowhere tells that an offer would be refused once more.
func (s *session) leadsNowhere(o offer) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !o.secret.IsZero() && s.doubted(o.secret) >= mostDoubts
}

// doubted wants s.mu held.
func (s *session) doubted(x secret.Secret) (times int) {
	for _, d := range s.doubts {
		if d.Equal(x) {
			times++
		}
	}
	return times
}
