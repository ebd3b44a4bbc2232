package auth

import (
	"context"
	"os"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// remindFrom is how long before the end of a token its owner is told.
const remindFrom = 14 * 24 * time.Hour

// ExpiryOf is when a token expires: the date that the person gave, and else the latest that is possible. The zero time
// stands for a token of which nothing is known.
func ExpiryOf(item vault.Item) (expires time.Time, said bool) {
	switch {
	case !item.Expires.IsZero():
		return item.Expires, true
	case item.Added.IsZero():
		return time.Time{}, false
	}
	return item.Added.Add(bitbucket.TokenLife), false
}

// remindOfExpiry tells a person at a terminal, once a day and behind all of git's own output, that the token which git
// has just used will expire soon.
func (s *session) remindOfExpiry(ctx context.Context) {
	item, due := s.expiring(time.Now())
	if !due || terminal.Columns(os.Stderr) == 0 || !s.vault.RemindToday(ctx, item.Account) {
		return
	}
	expires, said := ExpiryOf(item)
	s.tell(func(style words.Style) string {
		return style.Expires(time.Now(), expires, said, item.Account.Renewal())
	})
}

// expiring is a kept token that Bitbucket has taken in this run and that is near its end.
func (s *session) expiring(now time.Time) (vault.Item, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.served {
		for _, o := range s.offers {
			if o.source != fromUs || !o.token.kept || !o.secret.Equal(a.secret) {
				continue
			}
			if expires, _ := ExpiryOf(o.token.Item); !expires.IsZero() && expires.Sub(now) <= remindFrom {
				return o.token.Item, true
			}
		}
	}
	return vault.Item{}, false
}
