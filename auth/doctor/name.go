package doctor

import (
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
)

// judgeNames looks for an e-mail address where git's configuration names the user
// (gitcredentials(7), username).
func judgeNames(f Facts) (all []Finding) {
	for _, e := range f.allSettings() {
		if !realgit.ConcernsBitbucket(e.Key, "credential", "username") || !bitbucket.LooksLikeMail(e.Value) {
			continue
		}
		found := find("username", Attention, e.File(), "Git is told to sign in with an e-mail address (%s, in %s). Bitbucket refuses that name from git; none is needed.",
			terminal.Plain(e.Key), origin(e))
		if command := realgit.TakeOut(e, f.allSettings(), "^"+quoted(e.Value)+"$"); command != "" {
			found = found.with(terminal.Plain(command))
		}
		if file, value := e.File(), e.Value; file != "" {
			found = found.mendedBy(&Fix{
				What: "take the e-mail address out of " + terminal.Plain(e.Key) + ", in " + shown(file), File: file, id: file + "\x00" + e.Key,
				edit: withoutLines(func(line string) bool {
					return strings.Contains(line, value) && strings.HasPrefix(strings.ToLower(strings.TrimSpace(line)), "username")
				}),
			})
		}
		all = append(all, found)
	}
	return all
}
