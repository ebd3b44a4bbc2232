package auth

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"bbgit/auth/realgit"
)

// takeOut is the command that takes a line out of git's configuration. pattern
// is a regular expression that finds the line's value among others of the same
// key; a value may be a secret, and long. It is "" for a line that stands in no
// file: one of the command line or of the environment.
func takeOut(e realgit.Entry, all []realgit.Entry, pattern string) string {
	where, ok := fileOption(e)
	if !ok {
		return ""
	}
	words := append(append([]string{"config"}, where...), "--unset-all", e.Key)
	for _, other := range all {
		if other.Key == e.Key && other.Origin == e.Origin && other.Value != e.Value {
			return realgit.Typed(append(words, pattern)...)
		}
	}
	return realgit.Typed(words...)
}

// fileOption names a file for "git config" as people do. A file that another
// one includes has the scope of that one, and has to be named by its path.
func fileOption(e realgit.Entry) (option []string, ok bool) {
	file := shown(e.File())
	switch {
	case file == "":
		return nil, false
	case e.Scope == "local" && filepath.Base(file) == "config":
		return nil, true
	case e.Scope == "worktree" && filepath.Base(file) == "config.worktree":
		return []string{"--worktree"}, true
	case e.Scope == "global" && file == "~/.gitconfig":
		return []string{"--global"}, true
	case e.Scope == "system" && filepath.Base(file) == "gitconfig":
		return []string{"--system"}, true
	}
	return []string{"--file", file}, true
}

// settings are git's settings at the place that a request came from, as far as
// they can be read.
func (s *session) settings(ctx context.Context, r request) []realgit.Entry {
	entries, _ := s.git(r).Settings(ctx)
	return entries
}

// shown is a path as a person would write it.
func shown(path string) string {
	if home, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(path, home+string(filepath.Separator)); ok {
			return "~/" + filepath.ToSlash(rest)
		}
	}
	return path
}
