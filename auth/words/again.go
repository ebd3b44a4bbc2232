package words

// TypeInstead names the command to type in place of one that is not repeated
// unasked.
func (s Style) TypeInstead(reason, command string) string {
	return s.say("the token is ready. "+reason+", so it was not run again. Please type:") + s.fill(command, "  ", "  ")
}

// Ready tells that a token came too late for a git that nobody waits for.
func (s Style) Ready() string {
	return s.say("the token is ready. Where git still fails because of the old one, run the command again")
}

// TypeAgain tells the person to run a command that is not repeated unasked.
func (s Style) TypeAgain(reason string) string {
	return s.say("the token is ready. " + reason + ", so it was not run again: please do that yourself")
}

// Then names the command that completes what was begun.
func (s Style) Then(command string) string { return s.say("to complete it: " + command) }
