package auth

import "bbgit/auth/bitbucket"

// evidence is what is known about a command that failed: from the helpers'
// requests, from git's trace, and from asking Bitbucket again.
type evidence struct {
	declined  bool             // the person gave no token
	variable  bool             // BBGIT_TOKEN was refused
	readOnly  bool             // a good token reads the repository, and its account may not push there
	embedded  bool             // a secret in a URL was refused
	refused   bool             // a credential was refused, and nothing better has come since
	elsewhere bool             // a token was refused here, and works in another repository
	header    bool             // refused, and an Authorization header in git's configuration
	answer    bitbucket.Answer // what git's last request to Bitbucket came to; Unclear where there was none

	overSSH bitbucket.SSHTrouble // what a connection over SSH came to; SSHUnclear where there was none
}

// cause is why a command failed, as far as we know more than git has said.
type cause int

const (
	unknown          cause = iota // nothing to add to what git said
	personDeclined                // all has been said
	variableRefused               // BBGIT_TOKEN is no good
	secretInURL                   // a dead password in a URL
	pushForbidden                 // a good token reads the repository, and may not push there
	staleHeaderSent               // an old header overrides every credential
	credentialDead                // what a helper or we ourselves gave is no good
	repositoryHidden              // a good token does not see the repository
	scopeMissing                  // a good token may not do this
	notAboutTokens                // address, plan, load, trouble: no token can help
	sshFailed                     // a connection over SSH, of which there is more to say
)

// String is the cause in words.
func (c cause) String() string {
	return map[cause]string{
		unknown:          "none that git has not told",
		personDeclined:   "the person gave no token",
		variableRefused:  "BBGIT_TOKEN is no good",
		secretInURL:      "a dead secret in a URL",
		pushForbidden:    "a good token may only read the repository",
		staleHeaderSent:  "an Authorization header goes before every credential",
		credentialDead:   "the credential is dead",
		repositoryHidden: "a good token does not see the repository",
		scopeMissing:     "the token lacks a scope",
		notAboutTokens:   "something that no token changes",
		sshFailed:        "a connection over SSH",
	}[c]
}

// diagnose finds the cause. The first that fits counts: what was seen for
// certain stands before what a status suggests.
func diagnose(e evidence) cause {
	switch {
	case e.declined:
		return personDeclined
	case e.variable:
		return variableRefused
	case e.readOnly:
		return pushForbidden
	case e.embedded:
		return secretInURL
	case e.refused:
		return credentialDead
	case e.elsewhere:
		return repositoryHidden
	case e.header:
		return staleHeaderSent
	}
	switch e.answer {
	case bitbucket.ScopeMissing:
		return scopeMissing
	case bitbucket.NotVisible:
		return repositoryHidden
	case bitbucket.Forbidden, bitbucket.AddressNotAllowed, bitbucket.TwoStepWanted, bitbucket.PlanExceeded,
		bitbucket.TooManyRequests, bitbucket.ServerTrouble, bitbucket.Unreachable:
		return notAboutTokens
	}
	if e.overSSH != bitbucket.SSHUnclear {
		return sshFailed
	}
	return unknown
}

// tokenHelps tells that a new token mends it, so that a person is worth asking
// and the command worth running again.
func (c cause) tokenHelps() bool {
	return c == secretInURL || c == credentialDead || c == scopeMissing
}
