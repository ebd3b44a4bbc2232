package auth

import (
	"context"
	"strings"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/vault"
)

// Bitbucket answers 401 to a dead token, to a good one whose account has no
// access, and where there is no such repository. Another repository can tell
// them apart, without the REST API and its own scopes: a token that is served
// there is good.

// mostProofs bounds the requests for a proof: a person is waiting.
const mostProofs = 3

// standing is what is known of a token that was refused somewhere.
type standing int

const (
	doubtful standing = iota // nothing tells a dead token from a missing permission
	alive                    // it is served elsewhere
	dead                     // it is refused where it was served before
)

// String is the standing in words.
func (s standing) String() string {
	return map[standing]string{doubtful: "nothing tells whether it is dead", alive: "good elsewhere", dead: "dead"}[s]
}

// standingOf asks about repositories where the credential has worked before,
// and then about the others that this clone knows. A refusal by one of those
// proves nothing: they may be somebody else's.
func (s *session) standingOf(ctx context.Context, r request, o offer) standing {
	if o.source == fromUs && o.token.expired() {
		return dead
	}
	worked := withoutRepository(farFirst(s.workedFor(o), r.repository), r.repository)
	lost := 0
	var near []bitbucket.Repository
	for _, remote := range s.neighbours(ctx, r) {
		near = append(near, remote.Repository)
	}
	for i, where := range append(worked, withoutRepository(near, append(worked, r.repository)...)...) {
		if i >= mostProofs {
			break
		}
		switch answer := s.checkAt(ctx, r, where, o, bitbucket.Read).Answer; {
		case answer == bitbucket.Accepted || answer == bitbucket.ScopeMissing:
			return alive
		case answer.Refused() && i < len(worked):
			lost++
		}
	}
	if lost > 0 {
		return dead
	}
	return doubtful
}

// expired tells that the token is older than any token can become.
func (t token) expired() bool { return !t.Added.IsZero() && time.Since(t.Added) >= bitbucket.TokenLife }

// workedFor are the repositories that have accepted this credential.
func (s *session) workedFor(o offer) []bitbucket.Repository {
	var list []bitbucket.Repository
	s.mu.Lock()
	for _, a := range s.served {
		if a.secret.Equal(o.secret) {
			list = append(list, a.repository)
		}
	}
	s.mu.Unlock()
	for _, place := range o.token.Worked {
		list = append(list, bitbucket.RepositoryOf(place))
	}
	return list
}

// acceptance is that a repository has accepted a credential in this run.
type acceptance struct {
	secret     secret.Secret
	repository bitbucket.Repository
}

// neighbours are the remotes at Bitbucket that git's configuration names.
func (s *session) neighbours(ctx context.Context, r request) []bitbucket.Remote {
	var list []bitbucket.Remote
	for _, e := range s.settings(ctx, r) {
		what, value := realgit.URLSetting(e.Key, e.Value)
		if remote, ok := bitbucket.ParseRemote(value); ok && what != "" && !strings.HasPrefix(e.Key, "url.") {
			list = append(list, remote)
		}
	}
	return list
}

// farFirst puts other workspaces first: whoever has lost the access to one
// repository of a workspace may have lost it to all of them.
func farFirst(list []bitbucket.Repository, from bitbucket.Repository) []bitbucket.Repository {
	var far, near []bitbucket.Repository
	for _, r := range list {
		if strings.EqualFold(r.Workspace, from.Workspace) {
			near = append(near, r)
		} else {
			far = append(far, r)
		}
	}
	return append(far, near...)
}

// withoutRepository is the list without these repositories, and without doubles.
func withoutRepository(list []bitbucket.Repository, these ...bitbucket.Repository) []bitbucket.Repository {
	seen := make(map[string]bool)
	for _, r := range these {
		seen[strings.ToLower(r.String())] = true
	}
	var out []bitbucket.Repository
	for _, r := range list {
		if name := strings.ToLower(r.String()); r != (bitbucket.Repository{}) && !seen[name] {
			seen[name] = true
			out = append(out, r)
		}
	}
	return out
}

// isAccessToken tells a token of a repository from one of a person.
func isAccessToken(a vault.Account) bool { return strings.Contains(a.Name, "/") }
