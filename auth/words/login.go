package words

import "bbgit/auth/bitbucket"

// WhichRepository asks for a repository to check a token with.
func (s Style) WhichRepository() string {
	return s.say("a token can be checked only with a repository. Which one of yours? Its address, or WORKSPACE/NAME; Enter alone gives up") + "Repository: "
}

// AlreadyServed tells that a helper of the person's has a token that works.
func (s Style) AlreadyServed(held string, r bitbucket.Repository) string {
	return s.say("Bitbucket takes the token " + held + " for " + r.String() +
		", and bbgit uses it from there: nothing needs to be done. One that you paste now is kept by bbgit, and used before that one")
}

// PastedInPipe tells what was put in by mistake where nobody can be asked again.
func (s Style) PastedInPipe(p bitbucket.Paste) string {
	if p == bitbucket.Nothing {
		return s.say("nothing came in, so there is no token to keep")
	}
	return s.Pasted(p)
}
