package realgit

import "strings"

// plain are the characters that no shell takes for its own. A "~" at the
// beginning is one that is meant.
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + "@%+=:,./_~^-"

// Typed is a command line for git as a person would type it. The last words
// come from configuration and URLs, and are quoted where a shell wants it.
func Typed(words ...string) string {
	line := "git"
	for _, w := range words {
		if w == "" || strings.Trim(w, plain) != "" {
			w = quoted(w)
		}
		line += " " + w
	}
	return line
}
