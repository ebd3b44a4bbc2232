// Package words holds every sentence that bbgit says while a git command runs.
//
// The rules: what happened, why, the command to type. A message begins with
// "bbgit: " and a small letter, and fits a terminal of 80 columns, or a narrower
// one. Git's and Bitbucket's own terms are used, and no others. Nothing is told
// by colour. No sentence ever holds a secret, and what a server or a
// repository has written must have gone through terminal.Plain.
package words

import "time"

func date(t time.Time) string { return t.Format(time.DateOnly) }
