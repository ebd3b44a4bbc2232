package words

import (
	"strconv"
	"time"

	"bbgit/auth/bitbucket"
)

// Expires is one line about a token that works, and soon will not. said tells
// that the date is known, and not the latest that is possible; renewal is the
// command that brings a new one.
func (s Style) Expires(now, expires time.Time, said bool, renewal string) string {
	text := "your API token for Bitbucket expires "
	if !said {
		text = "your API token for Bitbucket expires at the latest "
	}
	return s.say(text + when(now, expires) + ". To renew it: " + renewal)
}

// when is a day to come, as people count.
func when(now, then time.Time) string {
	switch days := int(midnight(then).Sub(midnight(now)).Round(time.Hour).Hours() / 24); {
	case days < 0:
		return "on " + date(then.Local())
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	default:
		return "in " + strconv.Itoa(days) + " days, on " + date(then.Local())
	}
}

// midnight is the beginning of the day that a calendar on the wall shows.
func midnight(t time.Time) time.Time {
	year, month, day := t.Local().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.Local)
}

// age says what the dates tell of a token that was refused.
func (q Question) age() string {
	days := int(q.Now.Sub(q.Added) / day)
	switch {
	case !q.Expires.IsZero() && !q.Now.Before(q.Expires):
		return "It has expired, on " + date(q.Expires.Local()) + "."
	case q.Now.Sub(q.Added) >= bitbucket.TokenLife-day:
		return "It has probably expired: it was added " + strconv.Itoa(days) + " days ago, and a token lives a year at most."
	}
	return "It has probably expired, or was revoked." + q.doubt()
}
