package auth

import (
	"context"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// hidden is what there is to say of a repository that a good token does not see.
func (r *Run) hidden(ctx context.Context, wanted request) words.HiddenRepository {
	s := r.session
	h := words.HiddenRepository{Repository: wanted.repository}
	o := s.lastOffer(wanted.repository)
	switch {
	case o.source == fromEnvironment && !o.secret.IsZero():
		h.Variable = true
	case o.source == fromUs && !isAccessToken(o.token.Account):
		name := o.token.Account.Name
		h.Account = terminal.Plain(name)
		if o.token.kept && name != "" {
			h.Forget = "bbgit bitbucket logout " + realgit.TypedWord(name)
		}
	case !bitbucket.NamesNobody(o.userName):
		h.Account = terminal.Plain(o.userName)
	}
	h.Command = terminal.Plain(r.asSomebodyElse(ctx, wanted))
	return h
}

// asSomebodyElse is the command that makes git act for another account there: a
// name in the URL chooses one. It is "" where only the URL itself can be named.
func (r *Run) asSomebodyElse(ctx context.Context, wanted request) string {
	url := strings.Replace(wanted.repository.URL(), "://", "://NAME@", 1)
	if r.command.Word == "clone" {
		return realgit.Typed("clone", url)
	}
	for _, e := range r.session.settings(ctx, wanted) {
		name, ok := strings.CutPrefix(e.Key, "remote.")
		name, isURL := strings.CutSuffix(name, ".url")
		remote, ours := bitbucket.ParseRemote(e.Value)
		if ok && isURL && ours && remote.Repository == wanted.repository {
			return realgit.Typed("remote", "set-url", name, url)
		}
	}
	return ""
}
