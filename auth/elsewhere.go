package auth

import (
	"context"
	"os"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/netrc"
	"bbgit/auth/realgit"
)

// Elsewhere tells where this computer has credentials for Bitbucket that are not ours, for a person: "kept in
// ~/.git-credentials". URLs of clones are not looked at.
func (a *Asker) Elsewhere(ctx context.Context) (places []string) {
	git := a.Git("")
	git.Env = append(git.Env, realgit.WithoutWindows)
	anything := credential.Message{{Key: "protocol", Value: "https"}, {Key: "host", Value: bitbucket.Host}}
	for _, helper := range git.Helpers(ctx) {
		if _, found, err := git.FillFrom(ctx, helper, anything); err == nil && found {
			places = append(places, helper.Keeps())
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		if entry, found, err := netrc.Lookup(home, bitbucket.Host); err == nil && found {
			places = append(places, "in "+realgit.ShownPath(entry.File))
		}
	}
	if os.Getenv(TokenVariable) != "" {
		places = append(places, "in the variable "+TokenVariable)
	}
	return places
}
