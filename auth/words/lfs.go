package words

import (
	"strconv"

	"bbgit/auth/bitbucket"
)

// LFSSignsIn tells that git-lfs did not sign in, and what makes it: command is
// for the person to type, "" where it is run.
func (s Style) LFSSignsIn(r bitbucket.Repository, command string) string {
	const why = ": it signs in only where it is asked to, or told to beforehand."
	if command == "" {
		return s.say("git-lfs was turned away from " + r.String() + " without signing in" + why)
	}
	return s.say("git-lfs was turned away from "+r.String()+" without signing in"+why+" Please type this before the next try:") +
		s.fill(command, "  ", "  ")
}

// LFSReadsNetrc names the line of .netrc that git-lfs, unlike git, cannot be
// kept from sending, and the command to type when it is gone.
func (s Style) LFSReadsNetrc(r bitbucket.Repository, file string, line int, command string) string {
	return s.say("git-lfs was turned away from "+r.String()+": it sends the dead password in "+file+", from line "+strconv.Itoa(line)+
		" on, whatever token there is. Take \"machine bitbucket.org\" with its login and password out of it, and then type:") +
		s.fill(command, "  ", "  ")
}
