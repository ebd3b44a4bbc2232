package auth

import (
	"context"

	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// staleHeader is an Authorization header in git's configuration. Curl sends it in
// place of every credential, so that a token changes nothing as long as it is
// there. That git asks for a credential at all means that it was refused.
type staleHeader struct {
	entry   realgit.Entry
	command string // takes it out; "" where it stands in no file
}

// header finds the one that goes to the repository of a request.
func (s *session) header(ctx context.Context, r request) (staleHeader, bool) {
	entry, found := s.git(r).AuthorizationHeader(ctx, r.repository)
	if !found {
		return staleHeader{}, false
	}
	return staleHeader{entry, realgit.TakeOut(entry, s.settings(ctx, r), "^[Aa]uthorization:")}, true
}

func (h staleHeader) explain(r request) func(words.Style) string {
	return func(style words.Style) string {
		return style.StaleHeader(terminal.Plain(realgit.ShownPath(h.entry.File())), terminal.Plain(h.command), r.repository)
	}
}
