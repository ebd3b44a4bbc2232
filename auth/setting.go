package auth

import (
	"context"

	"bbgit/auth/realgit"
)

// settings are git's settings at the place that a request came from, as far as
// they can be read.
func (s *session) settings(ctx context.Context, r request) []realgit.Entry {
	entries, _ := s.git(r).Settings(ctx)
	return entries
}
