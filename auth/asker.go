package auth

import (
	"context"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
)

// An Asker asks Bitbucket about credentials where no git command is attended.
// Its methods may be called from several goroutines.
type Asker struct{ session *session }

// NewAsker makes one; Close ends it.
func NewAsker(tools Tools) *Asker { return &Asker{newSession(tools, nil)} }

// Close removes what the questions needed.
func (a *Asker) Close() { a.session.close() }

// Folder is private, and removed by Close. Where this process is killed, the next
// one that attends a command removes it.
func (a *Asker) Folder(ctx context.Context) (string, error) {
	_, err := a.session.listenAlone(ctx)
	return a.session.folder, err
}

// Ask is one real request, the one that a fetch begins with, or a push: through
// git's own network stack, with the person's proxy and certificates. It takes up
// to half a minute where nobody answers. userName is what git sends with the secret.
func (a *Asker) Ask(ctx context.Context, userName string, x secret.Secret, where bitbucket.Repository, need bitbucket.Need) realgit.Finding {
	s := a.session
	r := request{message: withRepository(where), repository: where, env: s.base}
	return s.check(ctx, r, offer{source: fromElsewhere, userName: userName, secret: x}, need)
}

// Git is the real git, at a folder; "" for ours. Helpers that it starts do not
// lead back to us.
func (a *Asker) Git(dir string) *realgit.Git {
	g := a.session.git(request{dir: dir, env: a.session.base})
	g.Stderr = nil
	return g
}
