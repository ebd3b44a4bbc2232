package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"bbgit/auth/credential"
	"bbgit/auth/realgit"
)

// helperStore keeps texts in a credential helper of git's (gitcredentials(7)), as passwords of a host that is none.
// The helper belongs to the person and may know passwords for bitbucket.org itself, which are to stay as they are;
// and git must never be given one of our texts.
//
// A helper need not say what it cannot keep: git-credential-libsecret of git 2.39 reads lines of 1023 bytes
// and takes the rest for another line. So a text counts as kept only when it is read back.
type helperStore struct {
	helper realgit.KeepingHelper
	git    func() *realgit.Git
}

// Host stands for Bitbucket in helpers. No host can ever have a name that ends like this (RFC 2606, 2).
const Host = "bitbucket.org.bbgit.invalid"

// cacheHelper keeps what it is told in the memory of a daemon that ends with its last entry (git-credential-cache(1)).
// Eight hours are a day's work: whoever comes back in the morning is asked again.
const cacheHelper = realgit.KeepingHelper("cache --timeout=28800")

// outlivesTerminal keeps the cache's daemon from ending with the terminal window in which it was started
// (git-config(1), credentialCache.ignoreSIGHUP). Where the person's own cache is running already, that one is used.
const outlivesTerminal = "credentialCache.ignoreSIGHUP=true"

func (h helperStore) Get(ctx context.Context, name string) (string, error) {
	answer, found, err := h.quiet().FillFrom(ctx, h.helper, request(name))
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case err != nil:
		return "", fmt.Errorf("%w: %w", ErrUnusable, err)
	case !found:
		return "", ErrNotFound
	}
	return answer.Get("password"), nil
}

// Ready tells that git finds the helper.
func (h helperStore) Ready(ctx context.Context) error {
	if !h.quiet().Finds(ctx, h.helper) {
		return fmt.Errorf("%w: git finds no such helper", ErrUnusable)
	}
	return nil
}

func (h helperStore) Set(ctx context.Context, name, text string) error {
	if err := h.Ready(ctx); err != nil {
		return err // git itself would say nothing of it
	}
	return h.tell(ctx, (*realgit.Git).ApproveAt, request(name).With("password", text))
}

func (h helperStore) Delete(ctx context.Context, name string) error {
	text, err := h.Get(ctx, name)
	if err != nil {
		return err
	}
	return h.tell(ctx, (*realgit.Git).ForgetAt, request(name).With("password", text))
}

// DeleteAll goes through the names that are known: a helper has no list.
func (h helperStore) DeleteAll(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := h.Delete(ctx, name); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

func (h helperStore) tell(ctx context.Context, how func(*realgit.Git, context.Context, realgit.KeepingHelper, credential.Message) error, m credential.Message) error {
	err := how(h.quiet(), ctx, h.helper, m)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrUnusable, err)
	}
	return nil
}

// quiet is a git whose helpers have nobody to speak to: what came of it is seen when the text is read back.
func (h helperStore) quiet() *realgit.Git {
	g := *h.git()
	g.Stderr = nil
	if h.helper == cacheHelper {
		g.Global = append(slices.Clone(g.Global), "-c", outlivesTerminal)
	}
	return &g
}

func request(name string) credential.Message {
	return credential.Message{{Key: "protocol", Value: "https"}, {Key: "host", Value: Host}, {Key: "username", Value: name}}
}
