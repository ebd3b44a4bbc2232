package words

import "bbgit/auth/bitbucket"

// WhichRepository asks for a repository to check a token with.
func (s Style) WhichRepository() string {
	return s.say("a token can be checked only with a repository. Which one of yours? Its address, or WORKSPACE/NAME; Enter alone gives up") + "Repository: "
}

// NoRepository answers a line that names none.
func (s Style) NoRepository() string {
	return s.say("that names no repository at Bitbucket. WORKSPACE/NAME is in its page's address, behind https://bitbucket.org/")
}

// PerhapsMistyped is said behind the usual reasons for a refusal, where the person
// has written the repository's name.
func (s Style) PerhapsMistyped(r bitbucket.Repository) string {
	return s.say("if "+r.String()+" is mistyped, no token is good for it. Then press Ctrl-C, and type:") +
		s.command("bbgit bitbucket login WORKSPACE/NAME")
}

// LoginGivenUp ends a login that brought no token.
func (s Style) LoginGivenUp(kept bool) string {
	if kept {
		return s.say("nothing was changed: the token that was kept before is kept still")
	}
	return s.say("nothing was changed, and no token was added")
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
