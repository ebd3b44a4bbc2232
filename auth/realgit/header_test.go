package realgit

import (
	"testing"

	"bbgit/auth/bitbucket"
)

// Git collects what matches as well as the best before it, or better (urlmatch.c,
// urlmatch_config_entry).
func TestAuthorizationHeader(t *testing.T) {
	t.Parallel()
	const (
		stale   = "\textraHeader = Authorization: Bearer x\n"
		lower   = "\textraHeader = AUTHORIZATION: bearer x\n"
		team    = "\textraHeader = X-Team: ours\n"
		empty   = "\textraHeader =\n"
		general = "[http]\n"
		ours    = "[http \"https://bitbucket.org\"]\n"
	)
	for _, tc := range []struct {
		name, config, key string
	}{
		{"none", "", ""},
		{"for all hosts", general + stale, "http.extraheader"},
		{"for Bitbucket", ours + lower, "http.https://bitbucket.org.extraheader"},
		{"another header", ours + team, ""},
		{"beside another header", general + stale + team, "http.extraheader"},
		{"for another host", "[http \"https://example.com/\"]\n" + stale, ""},
		{"for another scheme", "[http \"http://bitbucket.org/\"]\n" + stale, ""},
		{"for the workspace", "[http \"https://bitbucket.org/ws/\"]\n" + stale, "http.https://bitbucket.org/ws/.extraheader"},
		{"for another workspace", "[http \"https://bitbucket.org/w\"]\n" + stale, ""},
		{"for the repository", "[http \"https://bitbucket.org/ws/r.git\"]\n" + stale, "http.https://bitbucket.org/ws/r.git.extraheader"},
		{"dropped", general + stale + empty, ""},
		{"less specific, and later", ours + team + general + stale, ""},
		{"less specific, and before", general + stale + ours + team, "http.extraheader"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			header, found := newGit(t, tc.config).AuthorizationHeader(t.Context(), bitbucket.Repository{Workspace: "ws", Name: "r"})
			if found != (tc.key != "") || found && header.Key != tc.key {
				t.Errorf("found %q (%v), want %q", header.Key, found, tc.key)
			}
		})
	}
}
