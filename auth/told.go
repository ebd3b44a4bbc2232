package auth

import (
	"strconv"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/curltrace"
	"bbgit/auth/envconfig"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
)

// What BBGIT_TRACE shows of a run: never a secret, but which one was meant.

// note writes a line of the trace.
func (s *session) note(format string, args ...any) { s.tools.Trace.Notef(format, args...) }

// later is text that nobody makes where nobody reads it.
type later func() string

func (l later) String() string { return l() }

// told is a request of git's to a helper.
func (r request) told() string {
	text := r.repository.String()
	if host := r.message.Get("host"); host != "" && !strings.EqualFold(host, bitbucket.Host) {
		text = host + ": " + text
	}
	if r.user != "" {
		text += ", user " + strconv.Quote(r.user)
	}
	return text
}

// toldWhat is what git wants of a helper, in words.
func toldWhat(operation string) string {
	switch operation {
	case "get":
		return "git asks for a credential"
	case "store":
		return "git says that a credential was good"
	case "erase":
		return "git says that a credential was refused"
	}
	return "git tells its helper " + strconv.Quote(operation)
}

// told is where a credential comes from, and which it is.
func (o offer) told() string {
	what := toldSecret(o.secret) + ", user name " + strconv.Quote(o.userName)
	switch o.source {
	case fromEnvironment:
		return what + ", from " + TokenVariable
	case fromUs:
		if o.token.Token.IsZero() {
			return what + ", which the person gave"
		}
		whose := "without a name"
		if o.token.Account.Name != "" {
			whose = strconv.Quote(o.token.Account.Name)
		}
		if !o.token.kept {
			whose += ", not kept"
		}
		return what + ", of the account " + whose
	case fromHelper:
		if o.renamed {
			what += " in place of another"
		}
		return what + ", from the person's helpers"
	case fromNetrc:
		return what + ", from .netrc"
	}
	return what + ", from a URL or typed for git"
}

// toldSecret is a secret as it can be shown, and its kind.
func toldSecret(x secret.Secret) string {
	if x.IsZero() {
		return "no password"
	}
	kind := bitbucket.KindOf(x.Reveal())
	if kind == bitbucket.APIToken || kind == bitbucket.AccessToken {
		return kind.String() + " " + x.Masked()
	}
	return kind.String() // the end of a password would give too much of it away
}

// toldAnswer is an answer to git.
func toldAnswer(m credential.Message) string {
	switch {
	case m.Get("quit") != "":
		return "git is told to give up"
	case m.Get("password") == "" && m.Get("credential") == "":
		return "git gets nothing"
	case m.Get("continue") != "":
		return "git gets it, and may come back once"
	}
	return "git gets it"
}

// toldNobody is why nobody can be asked; err is that of opening the terminal.
func toldNobody(err error) string {
	if err != nil {
		return err.Error()
	}
	return "GIT_TERMINAL_PROMPT"
}

// toldForgotten is what became of a dead entry in a helper.
func toldForgotten(done bool, err error) string {
	switch {
	case err != nil:
		return "could not be told to forget its dead entry: " + err.Error()
	case !done:
		return "no longer has its dead entry"
	}
	return "was told to forget its dead entry"
}

// toldFinding is what Bitbucket answered to a check.
func toldFinding(f realgit.Finding) string {
	text := f.Answer.String()
	if !f.Signed {
		text += " (the credential was not sent)"
	}
	return text
}

// toldSSH is what a connection over SSH came to.
func toldSSH(answered bool, trouble bitbucket.SSHTrouble) string {
	if answered {
		return "it answers"
	}
	return trouble.String()
}

// toldExchanges are git's requests to Bitbucket, without what could be in a query.
func toldExchanges(exchanges []curltrace.Exchange) string {
	var texts []string
	for _, e := range exchanges {
		texts = append(texts, e.Method+" "+e.Path+" "+strconv.Itoa(e.Status))
	}
	if len(texts) == 0 {
		return "none"
	}
	return strings.Join(texts, ", ")
}

// toldHelpers are the names of helpers.
func toldHelpers(helpers []realgit.KeepingHelper) string {
	names := make([]string, len(helpers))
	for i, h := range helpers {
		names[i] = h.Shown()
	}
	return strings.Join(names, ", ")
}

// toldKeys are the names of settings, without their values.
func toldKeys(settings []envconfig.Setting) string {
	var keys []string
	for _, s := range settings {
		if len(keys) == 0 || keys[len(keys)-1] != s.Key {
			keys = append(keys, s.Key)
		}
	}
	return strings.Join(keys, ", ")
}

// toldRuns is how helpers fared.
func toldRuns(runs []realgit.HelperRun) string {
	var texts []string
	for _, run := range runs {
		how := "ended with " + strconv.Itoa(run.Code)
		switch {
		case run.Code == realgit.NotFound:
			how = "is not there"
		case !run.Ended:
			how = "did not end"
		}
		texts = append(texts, run.Helper.Shown()+" "+how)
	}
	return strings.Join(texts, ", ")
}
