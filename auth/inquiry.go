package auth

import (
	"context"

	"bbgit/auth/bitbucket"
	"bbgit/auth/secret"
)

// Check asks Bitbucket whether it takes a secret for a repository, as a fetch would ask.
func (t Tools) Check(ctx context.Context, user string, x secret.Secret, where bitbucket.Repository) bitbucket.Answer {
	s := newSession(t, nil)
	defer s.close()
	r := s.place
	r.repository = where
	return s.check(ctx, r, offer{source: fromUs, userName: user, secret: x}, bitbucket.Read).Answer
}
