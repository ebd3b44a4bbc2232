package auth

import (
	"context"

	"bbgit/auth/bitbucket"
	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// mostAccounts bounds whom else Bitbucket is asked about: a person has one
// account, or two.
const mostAccounts = 3

// anotherSees finds an account whose token sees the repository that the last
// used one does not. A URL without a name leaves the choice to us, and until a
// workspace was used once there is nothing to choose by. From then on the vault
// knows.
func (r *Run) anotherSees(ctx context.Context, hidden request) bool {
	s := r.session
	used := s.lastOffer(hidden.repository)
	if hidden.user != "" || used.source != fromUs || used.secret.IsZero() || isAccessToken(used.token.Account) {
		return false
	}
	items, _ := s.vault.List(ctx)
	asked := 0
	for _, item := range items {
		if item.Account == used.token.Account || isAccessToken(item.Account) || item.Token.IsZero() || asked == mostAccounts {
			continue
		}
		asked++
		if s.check(ctx, hidden, token{item, true}.offer(), s.needs()).Answer != bitbucket.Accepted {
			continue
		}
		_ = s.vault.NoteWorked(ctx, item.Account, hidden.repository.String())
		name := terminal.Plain(item.Account.Name)
		s.tell(func(style words.Style) string { return style.AnotherSees(name, hidden.repository) })
		return true
	}
	return false
}

// hiddenRequest is the request that met a repository which a good token does not
// see.
func (s *session) hiddenRequest() (request, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.noAccess == (bitbucket.Repository{}) {
		return request{}, false
	}
	for i := len(s.refused) - 1; i >= 0; i-- {
		if s.refused[i].from.repository == s.noAccess {
			return s.refused[i].from, true
		}
	}
	return request{}, false
}
