package auth

import (
	"context"
	"os"
	"path/filepath"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/setup"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// offerSetup asks, after the first command that a token has rescued, whether git
// itself may ask bbgit. It is asked once in a life: that it was is noted before,
// so that Ctrl-C and a closed window are answers too. Without a terminal, and
// where a token is not kept, it is not asked, nor noted.
func (r *Run) offerSetup(ctx context.Context) {
	s := r.session
	if !s.hasKeptNew() {
		return
	}
	ctx, screen, end, err := openInTurn(ctx)
	if err != nil {
		return
	}
	defer end()
	program := setup.FindProgram(os.Args[0], s.tools.Program, os.Getenv("PATH"))
	if program.Temporary {
		return
	}
	plan, err := setup.Make(ctx, s.git(r.requestFor(bitbucket.Remote{})), program)
	if err != nil || plan.Done || !noteOffered() {
		return
	}
	style, file := styleOf(screen), terminal.Plain(realgit.ShownPath(plan.File))
	screen.Print(style.SetupOffered(file))
	yes, err := Confirm(ctx, screen, words.OfferSetup, true)
	if err != nil {
		return
	}
	if !yes {
		screen.Print(style.SetupLater())
		return
	}
	screen.Print(style.SetupWrites(file, plan.Lines))
	if err := plan.Write(ctx); err != nil {
		screen.Print(style.SetupFailed(terminal.Plain(err.Error())))
	}
}

// hasKeptNew tells that the person gave a token in this run, and that it is kept.
func (s *session) hasKeptNew() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.fresh {
		if t.kept {
			return true
		}
	}
	return false
}

// noteOffered is false where that was noted before, or cannot be.
func noteOffered() bool {
	dir, err := vault.Dir()
	if err != nil || os.MkdirAll(dir, 0o700) != nil {
		return false
	}
	f, err := os.OpenFile(filepath.Join(dir, "setup-offered"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return false
	}
	return f.Close() == nil
}
