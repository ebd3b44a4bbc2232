package auth

import (
	"context"

	"bbgit/auth/credential"
	"bbgit/auth/envconfig"
	"bbgit/auth/pattern"
	"bbgit/auth/realgit"
	"bbgit/auth/words"
)

// Git tells all its helpers of a credential that worked, whichever of them gave
// it. The settings that bbgit makes for one run clear the list of helpers before
// ours, but not what stands behind. Where git asks bbgit by a file ("bbgit
// bitbucket setup"), a helper may stand behind as well: one of this clone, or one
// that was configured later. A token of ours would end up in it, in plain text
// perhaps.

// othersTold are the helpers that the git which asks has besides us.
func (s *session) othersTold(ctx context.Context, r request) (others, all []realgit.Entry) {
	if realgit.Injected(r.env, envconfig.HelperCommand(s.tools.Program)) {
		return nil, nil
	}
	all, err := s.git(r).AllSettings(ctx)
	if err != nil {
		return nil, nil
	}
	if ours, others := realgit.Installed(all); ours {
		return others, all
	}
	return nil, nil
}

// besideOthers answers where git has other helpers: with what the person's
// helpers give, as it would be without us, and with nothing else.
func (s *session) besideOthers(ctx context.Context, r request, others, all []realgit.Entry) credential.Message {
	answer := s.onlyHelpers(ctx, r)
	if answer.Get("password") != "" || s.lent.has(notedTold) {
		return answer
	}
	s.lent.note(notedTold)
	e := others[len(others)-1]
	command := realgit.TakeOut(e, all, "^"+pattern.Quote(e.Value)+"$")
	s.tell(func(style words.Style) string {
		return style.OtherIsTold(realgit.KeepingHelper(e.Value).Shown(), command)
	})
	return answer
}
