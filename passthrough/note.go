package passthrough

import (
	"strconv"

	"bbgit/passthrough/handover"
)

// A Note is told what is decided about a command line, and why, in order: for a
// person who wants to know. It takes what fmt.Printf takes. A nil Note is told
// nothing, and costs nothing.
type Note func(format string, args ...any)

func (n Note) tell(format string, args ...any) {
	if n != nil {
		n(format, args...)
	}
}

// way says how a command goes to git.
func (n Note) way(c Command) {
	if n == nil {
		return
	}
	word := "no command"
	if c.Word != "" {
		word = strconv.Quote(c.Word)
	}
	n("%s: %s", word, reason(handover.WayOf(c.Word)))
}

// reason is why a command goes this way, and what that means.
func reason(way handover.Way) string {
	switch way {
	case handover.Stays:
		return "it may reach a network, so bbgit stays beside git"
	case handover.Lent:
		return "it is local but may have to download something, so git takes the place of bbgit, with its helper lent"
	case handover.Untouched:
		return "it needs no credential, so git takes the place of bbgit, of which nothing remains"
	}
	return "it is no command of git's, perhaps an alias, so bbgit stays beside git"
}

// ended says how a git ended that was waited for.
func (n Note) ended(end End) {
	if end.Signal != 0 {
		n.tell("git was ended by signal %d", int(end.Signal))
		return
	}
	n.tell("git ended with exit status %d", end.Code)
}
