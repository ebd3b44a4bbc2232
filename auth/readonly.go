package auth

import (
	"context"

	"bbgit/auth/bitbucket"
)

// A token reaches what its account reaches. Where that one may read and not push, Bitbucket answers a push with the same
// 401 as it does a bad token; reading tells them apart.

// mayOnlyRead tells that a push was refused because of this. The token has been accepted for reading.
func (s *session) mayOnlyRead(ctx context.Context, r request, o offer) bool {
	return s.needs() == bitbucket.Write && s.check(ctx, r, o, bitbucket.Write).Answer == bitbucket.CredentialRefused
}

// noteReadOnly remembers where a good token may not push.
func (s *session) noteReadOnly(r request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.readOnly = &r
}

// readOnlyRequest is the request that met such a repository.
func (s *session) readOnlyRequest() (request, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.readOnly == nil {
		return request{}, false
	}
	return *s.readOnly, true
}
