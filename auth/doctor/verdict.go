package doctor

import (
	"bbgit/auth/bitbucket"
)

// A Suspect is a credential that stands somewhere, and a repository to ask
// Bitbucket about it at. The zero repository: none is known.
type Suspect struct {
	User       string
	Secret     string
	Repository bitbucket.Repository
}

// A Verdict is what Bitbucket said of a credential.
type Verdict struct {
	Asked      bool
	Answer     bitbucket.Answer
	Repository bitbucket.Repository
}

// Verdicts are by credential. They live in memory alone.
type Verdicts map[[2]string]Verdict

func (v Verdicts) of(user, secret string) Verdict { return v[[2]string{user, secret}] }

// life is what is known of a secret by its kind and by the verdict.
type life int

const (
	unasked  life = iota // nobody could be asked
	alive                // Bitbucket takes it
	dead                 // of a kind that is switched off, and refused
	doubtful             // refused, but it may be good elsewhere
)

// lifeOf reads a verdict. A password that Bitbucket refuses is dead, because all
// of its kind are. A token may be good, and its account without access: Bitbucket
// answers 401 in both cases.
func lifeOf(secret string, v Verdict) life {
	switch {
	case !v.Asked:
		return unasked
	case v.Answer == bitbucket.AppPasswordRefused:
		return dead
	case v.Answer.Refused() && bitbucket.KindOf(secret).Retired():
		return dead
	case v.Answer.Refused(), v.Answer == bitbucket.NotVisible:
		return doubtful
	case v.Answer == bitbucket.Accepted, v.Answer == bitbucket.ScopeMissing:
		return alive
	}
	return unasked
}

// kind names a secret's kind.
func kind(secret string) string {
	switch bitbucket.KindOf(secret) {
	case bitbucket.APIToken:
		return "an API token"
	case bitbucket.AccessToken:
		return "an access token"
	case bitbucket.AppPassword:
		return "an app password"
	case bitbucket.DataCenterToken:
		return "a token for Bitbucket Data Center"
	case bitbucket.OtherService:
		return "a token for another service"
	case bitbucket.Password:
		return "a password"
	}
	return "a secret"
}

// isToken tells a secret that may be good from those that cannot.
func isToken(secret string) bool {
	k := bitbucket.KindOf(secret)
	return k == bitbucket.APIToken || k == bitbucket.AccessToken
}

// verdictSentence goes on behind "… holds an app password", and ends the sentence.
func verdictSentence(secret string, v Verdict) string {
	switch lifeOf(secret, v) {
	case dead:
		return ", and Bitbucket refuses it: that kind is switched off."
	case alive:
		return ", and it works."
	case doubtful:
		return ", and Bitbucket refuses it at " + v.Repository.String() + ": it has expired or was revoked, or its account has no access there."
	}
	retired := bitbucket.KindOf(secret).Retired()
	switch {
	case v.Asked && retired:
		return ". Bitbucket has switched that kind off, but could not be asked about it now (" + trouble(v.Answer) + "), so that it is left alone."
	case v.Asked:
		return ". Bitbucket could not be asked about it now (" + trouble(v.Answer) + ")."
	case retired:
		return ". Bitbucket has switched that kind off, but no repository is known here to ask it about; run this in a clone, or with --repos."
	}
	return "."
}

// trouble is why an answer tells nothing of a credential.
func trouble(a bitbucket.Answer) string {
	switch a {
	case bitbucket.Unreachable:
		return "no answer: network, proxy or certificate"
	case bitbucket.TooManyRequests:
		return "too many requests"
	case bitbucket.ServerTrouble:
		return "it has trouble of its own"
	case bitbucket.AddressNotAllowed:
		return "it allows other IP addresses only"
	case bitbucket.TwoStepWanted:
		return "it wants two-step verification first"
	case bitbucket.PlanExceeded:
		return "the workspace's plan is exceeded"
	}
	return "its answer was not clear"
}
