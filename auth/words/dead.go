package words

import "strconv"

// URLCleaned tells that a dead secret was taken out of a remote's URL.
func (s Style) URLCleaned(what, masked, now string) string {
	return s.say("took the dead password out of " + what + ": " + masked + " is now " + now)
}

// URLNotCleaned names what a person has to do by hand.
func (s Style) URLNotCleaned(what, masked, where string) string {
	return s.say("a dead password stands in " + what + " (" + masked + "); take it out of " + where)
}

// NetrcLine names the line of .netrc that keeps a dead password.
func (s Style) NetrcLine(file string, line int) string {
	return s.say("the dead password is still in " + file + ", from line " + strconv.Itoa(line) +
		" on: take \"machine bitbucket.org\" with its login and password out of it")
}

// HelperNotCleaned tells that a helper did not let go of a dead entry.
func (s Style) HelperNotCleaned(held string) string {
	return s.say("the dead password is still " + held + ", beside others for the same name, and was left there; bbgit no longer uses it")
}
