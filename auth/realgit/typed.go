package realgit

import (
	"os"
	"path/filepath"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/envconfig"
)

// plain are the characters that no shell takes for its own. A "~" at the
// beginning is one that is meant.
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + "@%+=:,./_~^-"

// Typed is a command line for git as a person would type it. The last words
// come from configuration and URLs, and are quoted where a shell wants it. What
// could drive the terminal, or break the line, is written as %XX.
func Typed(words ...string) string {
	line := "git"
	for _, w := range words {
		line += " " + TypedWord(w)
	}
	return line
}

// TypedWord is a word of a command line, whatever program that is for, as Typed
// writes it.
func TypedWord(w string) string {
	w = bitbucket.Printable(w)
	if w == "" || strings.Trim(w, plain) != "" {
		return envconfig.Quoted(w)
	}
	return w
}

// AtHome is a path as a shell reads it, where "~" may stand for the home folder.
func AtHome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// ShownPath is a path as a person would write it.
func ShownPath(path string) string {
	if home, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(path, home+string(filepath.Separator)); ok {
			return "~/" + filepath.ToSlash(rest)
		}
	}
	return path
}
