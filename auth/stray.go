package auth

import (
	"context"
	"errors"
	"os"
	"time"

	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// A stray token is a good one that stands in a URL, in plain text. Git never asks a helper for it, but says that it
// was good.

// leaveSetting, in the file of the URL, is the person's no to what is offered below.
const leaveSetting = "bbgit.leaveTokenInURL"

// noteStray remembers a token that Bitbucket has taken and that nobody of us gave.
func (s *session) noteStray(r request) {
	x := secret.New(r.message.Get("password"))
	if !(offer{secret: x}).isToken() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.strays = append(s.strays, x)
}

func (s *session) isStray(x string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, stray := range s.strays {
		if stray.Reveal() == x {
			return true
		}
	}
	return false
}

func (s *session) hasStrays() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.strays) > 0
}

// offerStrays offers a person at a terminal, behind git's own output, to keep the tokens of URLs where tokens belong.
// Whoever says no is not asked again about that file. Enter alone is a no: a clone that came from
// elsewhere may hold a stranger's token.
func (r *Run) offerStrays(ctx context.Context) {
	if !r.session.hasStrays() || terminal.Columns(os.Stderr) == 0 {
		return
	}
	ctx, screen, end, err := openInTurn(ctx)
	if err != nil {
		return
	}
	defer end()
	for _, e := range r.urls(ctx) {
		if e.file == "" || e.short != "" || e.tracked || !r.session.isStray(e.remote.Secret) {
			continue
		}
		if err := r.offerStray(ctx, screen, e); err != nil {
			return
		}
	}
}

func (r *Run) offerStray(ctx context.Context, screen *terminal.Terminal, e embedded) error {
	s, style := r.session, styleOf(screen)
	where := r.requestFor(e.remote)
	git := s.git(where)
	item := newItem(where.user, where, secret.New(e.remote.Secret), time.Time{})
	if left, err := git.ValueIn(ctx, e.file, leaveSetting); err != nil || left != "" || !s.hasRoomFor(ctx, item) {
		return nil
	}
	chosen, err := s.vault.Chosen(ctx)
	if err != nil {
		return nil
	}
	yes, err := Confirm(ctx, screen, words.TokenInURL(e.what, PlaceOf(chosen)), false)
	switch {
	case err != nil:
		return err
	case !yes:
		return git.SetIn(ctx, e.file, leaveSetting, "true")
	}
	kept, err := s.vault.Save(ctx, item)
	switch {
	case err != nil:
		screen.Print(style.StayedInURL(e.what, UnkeptBy(err)))
	case r.clean(ctx, e):
		screen.Print(style.TakenOutOfURL(e.what, e.remote.Cleaned(), PlaceOf(kept.Store)))
	default:
		screen.Print(style.URLNotCleaned(e.what, e.remote.Masked(), terminal.Plain(realgit.ShownPath(e.file))))
	}
	return nil
}

// hasRoomFor tells that no other token would be lost: one of the same account may be better than the one in the URL.
func (s *session) hasRoomFor(ctx context.Context, item vault.Item) bool {
	kept, err := s.vault.Get(ctx, item.Account)
	return errors.Is(err, vault.ErrNotFound) || err == nil && kept.Token.Equal(item.Token)
}
