package words

import "bbgit/auth/bitbucket"

// HelperNamed tells why a token that there is was not used.
func (s Style) HelperNamed() string {
	return s.say("your API token was not used: the command names a credential helper (-c credential.helper=…), and git would have told it the token. Leave that out to use it")
}

// NoToken is what a text is that is not sent to Bitbucket.
func NoToken(p bitbucket.Paste) string {
	if what := mistaken(p); what != "" {
		return what
	}
	return "nothing that can be read"
}

// EnvTokenUnsent tells that BBGIT_TOKEN holds what is no token.
func (s Style) EnvTokenUnsent(p bitbucket.Paste) string {
	return s.say("BBGIT_TOKEN holds " + NoToken(p) + "; it was not sent. Give BBGIT_TOKEN an API token, which begins with ATAT, or unset it")
}

// EnvTokenRefused tells that BBGIT_TOKEN, which looked like p, is no good.
func (s Style) EnvTokenRefused(p bitbucket.Paste, a bitbucket.Answer, need bitbucket.Need, r bitbucket.Repository) string {
	if a == bitbucket.ScopeMissing {
		q := Question{Need: need, Held: "in BBGIT_TOKEN"}
		return s.say("Bitbucket refused " + r.String() + ": " + q.scopes() + " A token cannot be changed: give BBGIT_TOKEN another one, or unset it")
	}
	why := "It may have expired, lack a scope, or have no access there"
	switch p {
	case bitbucket.StrangeToken:
		return s.say("Bitbucket refused what BBGIT_TOKEN holds for " + r.String() +
			". It does not look like an API token, which begins with ATAT: give BBGIT_TOKEN one, or unset it")
	case bitbucket.CutOff:
		why = "It lacks its usual end, as if not all of it had been copied"
	}
	return s.say("Bitbucket refused the token in BBGIT_TOKEN for " + r.String() + ". " + why + ": give BBGIT_TOKEN another one, or unset it")
}
