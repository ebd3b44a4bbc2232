package auth

import (
	"context"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/realgit"
)

// Git Credential Manager opens a window when it has nothing to give. For
// Bitbucket that has two catches: before 3.0.0 it signs in through the browser in
// a way that Bitbucket has switched off, and it asks Bitbucket's REST API about an
// API token that it keeps, which refuses the user name that git needs, so that it
// asks the person again at every command
// (https://github.com/git-ecosystem/git-credential-manager/issues/1991). So it is
// asked without its window first, and an old one is not given a window at all:
// then we ask, once.

func gcmAmong(helpers []realgit.KeepingHelper) (realgit.KeepingHelper, bool) {
	for _, h := range helpers {
		if h.IsGCM() {
			return h, true
		}
	}
	return "", false
}

// fromWindow lets GCM ask the person, unless that would lead nowhere.
func (s *session) fromWindow(ctx context.Context, r request, gcm realgit.KeepingHelper, m credential.Message) (credential.Message, bool) {
	g := s.git(r)
	if version := g.GCMVersion(ctx, gcm); realgit.OldGCM(version) {
		s.note("Git Credential Manager %s is too old to ask the person", version)
		s.noteGCM(version)
		return nil, false
	}
	s.note("Git Credential Manager may ask the person")
	answer, found, _ := g.FillFrom(ctx, gcm, m)
	if found && bitbucket.KindOf(answer.Get("password")) == bitbucket.APIToken {
		s.mu.Lock()
		s.obstacles.gcmAsked = true
		s.mu.Unlock()
	}
	return answer, found
}

// noteGCM remembers a GCM that cannot sign in. One that does not tell its version
// counts as old: what it gave was refused.
func (s *session) noteGCM(version string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if version == "" || realgit.OldGCM(version) {
		s.obstacles.oldGCM, s.obstacles.gcmVersion = true, version
	}
}
