package doctor

import (
	"errors"

	"bbgit/auth/credential"
	"bbgit/auth/realgit"
	"bbgit/auth/vault"
)

// A Fix is one change. It either writes a file anew, or has a helper forget a
// credential.
type Fix struct {
	What string // "take an app password out of …", as it goes on behind "to "
	File string // that is changed; "" for none

	id      string                                        // two fixes with the same are one
	edit    func(text string) (changed string, err error) // pure
	keep    *vault.Item                                   // goes to the keyring before
	secret  bool                                          // a dead password is in what is taken out
	live    string                                        // a token in the text, as it is written there; it must not get into the undo
	account string                                        // whose it is in the keyring

	helper realgit.KeepingHelper // that is to forget
	forget credential.Message    // this
}

// errNothing says that a file has no longer what was to be changed.
var errNothing = errors.New("it is no longer there")

// Plan are the fixes for what was found, each once, in the order of the
// findings.
func Plan(findings []Finding) []*Fix {
	var plan []*Fix
	seen := make(map[string]bool)
	for _, f := range findings {
		if f.Fix != nil && !seen[f.Fix.id] {
			seen[f.Fix.id] = true
			plan = append(plan, f.Fix)
		}
	}
	return plan
}
