package realgit

import "path/filepath"

// TakeOut is the command that takes a line out of git's configuration. pattern
// is a regular expression that finds the line's value among others of the same
// key; a value may be a secret, and long. It is "" for a line that stands in no
// file: one of the command line or of the environment.
func TakeOut(e Entry, all []Entry, pattern string) string {
	where, ok := FileOption(e)
	if !ok {
		return ""
	}
	words := append(append([]string{"config"}, where...), "--unset-all", e.Key)
	for _, other := range all {
		if other.Key == e.Key && other.Origin == e.Origin && other.Value != e.Value {
			return Typed(append(words, pattern)...)
		}
	}
	return Typed(words...)
}

// FileOption names a file for "git config" as people do. A file that another
// one includes has the scope of that one, and has to be named by its path.
func FileOption(e Entry) (option []string, ok bool) {
	file := ShownPath(e.File())
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
