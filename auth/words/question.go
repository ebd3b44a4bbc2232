package words

import (
	"strings"
	"time"

	"bbgit/auth/bitbucket"
)

// Why is the reason for which a token is asked for.
type Why int

const (
	// NothingKept: nobody has a credential for this repository.
	NothingKept Why = iota
	// PasswordRefused: a password or app password was refused.
	PasswordRefused
	// TokenRefused: our own token was refused.
	TokenRefused
	// ScopeMissing: a token is good, but may not do this.
	ScopeMissing
	// OtherRefused: a credential of the person's helpers was refused.
	OtherRefused
	// SignInBlocked: Git Credential Manager is too old to sign in.
	SignInBlocked
	// LoggingIn: the person wants to bring one.
	LoggingIn
	// OtherAccount: the token is not of the account that the URL names.
	OtherAccount
)

// Question is what there is to say before a token is asked for.
type Question struct {
	Repository bitbucket.Repository
	Why        Why
	Held       string // where the refused one is: "kept in ~/.git-credentials", "in the URL of remote 'origin'"
	Need       bitbucket.Need
	Added      time.Time // TokenRefused: when it was kept
	Expires    time.Time // TokenRefused: when it expires, as far as the person has said
	Doubtful   bool      // it may be that the token is good, and its account has no access
	GCM        string    // SignInBlocked: the version of Git Credential Manager; "" where it does not tell
	Account    string    // OtherAccount, Others: the one that the URL names
	Gone       Place     // NothingKept: where one was kept, and is no longer; "" for none
	Others     []string  // NothingKept: the accounts that a token is kept for, where the URL names another one
	Askpass    string    // what names the program that gave the credential: "GIT_ASKPASS"
	Replaces   string    // LoggingIn: the token that is kept already, masked; "" for none
	Named      bool      // LoggingIn: the person has written the repository's name
	Now        time.Time
	Keep       Place   // where tokens are kept
	Unkept     *Unkept // why the new one will not be kept there, nil where it will
	Choose     bool    // the person will be asked where else
	Shut       bool    // a token is kept, but cannot be read here
	Opens      bool    // an empty line opens the page in the browser
}

// Ask explains why a token is needed and how to make one. The prompt follows it.
func (s Style) Ask(q Question) string {
	text := s.say(q.reason())
	switch {
	case q.Shut:
		text += s.remedy(*q.Unkept)
	case q.Gone == Cache && q.Keep == Cache:
		text += s.fill("To have tokens kept for good, in a file that is not encrypted:", "", "") + s.command(elsewhere+"file")
	}
	return text + "\n" +
		s.step("1. Open this page, log in, and choose \""+bitbucket.TokenButton+"\":") +
		"     " + s.link(bitbucket.TokenPage) + "\n" +
		s.step("2. Give it a name, an expiry date (a year at most), and the app Bitbucket.") +
		s.step("3. Tick "+bitbucket.ScopeRead+" and "+bitbucket.ScopeWrite+".") +
		s.step("4. Choose Create, then Copy: the token is never shown again.") + "\n" +
		s.fill(q.keeping()+" "+q.keys(), "", "")
}

// one is the password that was sent.
func (q Question) one() string {
	if q.Held == "" {
		return "one of those"
	}
	return "the one " + q.Held
}

// held says who holds what was sent, where that is known.
func (q Question) held() string {
	if q.Held == "" {
		return ""
	}
	return " " + q.Held
}

func (s Style) step(text string) string { return s.fill(text, "  ", "     ") }

// Prompt stands before the place where the token is pasted.
const Prompt = "API token: "

const (
	whatTokensAre = " An API token is a long password that you make once in the browser." + oneIsEnough
	oneIsEnough   = " One is good for all your repositories, and your clones stay as they are."
)

func (q Question) reason() string {
	where := q.Repository.String()
	switch q.Why {
	case PasswordRefused:
		return "Bitbucket refused " + where + ". It no longer takes account or app passwords, and git sent " + q.one() +
			". Nothing is wrong with your repository. What Bitbucket takes is an API token, a long password that you make once in the browser." + oneIsEnough
	case TokenRefused:
		return "Bitbucket refused " + where + ": it no longer takes the API token that was kept on " + date(q.Added) +
			". " + q.age() + " Please make a new one; it replaces the old one everywhere."
	case SignInBlocked:
		return "Bitbucket refused " + where + ": " + q.signIn() + ". Please update it, or paste an API token here." + whatTokensAre
	case OtherAccount:
		return "Bitbucket refused " + where + ": the URL names the account " + q.Account + ", and the token that is kept is not that account's, or has no access." +
			" If the repository's name is not mistyped, please make one as " + q.Account + "; it is kept beside the other."
	case LoggingIn:
		if q.Replaces != "" {
			return "give bbgit a new API token for Bitbucket. It is shown to Bitbucket for " + where +
				", and takes the place of the one that is kept, " + q.Replaces + ", when it works there." + oneIsEnough
		}
		return "give bbgit your API token for Bitbucket. It is shown to Bitbucket for " + where + ", and kept when it works there." + whatTokensAre
	case ScopeMissing:
		return "Bitbucket refused " + where + ": " + q.scopes() + " A token cannot be changed, so please make another; it replaces this one."
	case OtherRefused:
		return "Bitbucket refused " + where + ": it does not take the credential" + q.held() + "." + q.doubt() + whatTokensAre
	}
	if q.Shut {
		return "Bitbucket wants your API token for " + where + ". One is kept, but " + q.Unkept.Why() +
			". Mend that and try again, or paste one here for this command."
	}
	if q.Gone != "" {
		return "Bitbucket wants your API token for " + where + ": " + q.gone() + ". Paste it here again, or make a new one."
	}
	if len(q.Others) > 0 {
		return "Bitbucket wants an API token for " + where + ". Its URL names the account " + q.Account +
			", and none is kept for that one, though for others (" + strings.Join(q.Others, ", ") + ")." + whatTokensAre
	}
	return "Bitbucket wants an API token for " + where + ", and none is kept yet." + whatTokensAre
}

// gone says where a token was kept that is no longer there.
func (q Question) gone() string {
	if q.Gone == Cache {
		return string(Cache) + " has forgotten the one that was kept, as it does after 8 hours, and when the computer is restarted"
	}
	return "the one that was kept in " + string(q.Gone) + " is no longer there"
}

// scopes says what a token lacks.
func (q Question) scopes() string {
	if q.Need == bitbucket.Write {
		return "the token" + q.held() + " may not push. That needs the scope " + bitbucket.ScopeWrite +
			" besides " + bitbucket.ScopeRead + " (write does not include read)."
	}
	return "the token" + q.held() + " may not read. That needs the scope " + bitbucket.ScopeRead + " (write does not include read)."
}

const day = 24 * time.Hour

// doubt says what Bitbucket leaves open.
func (q Question) doubt() string {
	if !q.Doubtful {
		return ""
	}
	return " (Or its account no longer has access: Bitbucket does not say which.)"
}

// signIn says what is wrong with an old Git Credential Manager.
func (q Question) signIn() string {
	text := "it no longer takes the browser sign-in of Git Credential Manager before 3.0.0"
	if q.GCM == "" {
		return text + " (\"git credential-manager --version\" tells yours)"
	}
	return text + ", and yours is " + q.GCM
}

func (q Question) keeping() string {
	switch {
	case q.Unkept == nil:
		return "It will be kept in " + string(q.Keep) + "."
	case q.Choose:
		return "Where it is kept you choose when it works: " + q.Unkept.Why() + "."
	case q.Shut:
		return ""
	}
	return "It is used for this command only, because " + q.Unkept.Why() + ": keep it yourself, in a password manager."
}

func (q Question) keys() string {
	if q.Opens {
		return "Paste it here, then Enter; nothing shows. Enter alone opens the page."
	}
	return "Paste it here, then press Enter; nothing shows while you paste. Enter alone gives up."
}

// NobodyToAsk tells what to do where no person can be asked.
func (s Style) NobodyToAsk(q Question) string {
	reason := "Bitbucket wants an API token for " + q.Repository.String()
	if q.Gone != "" {
		reason = "Bitbucket wants your API token for " + q.Repository.String() + ": " + q.gone()
	}
	switch q.Why {
	case PasswordRefused:
		if q.Askpass != "" {
			reason = "Bitbucket no longer takes passwords, such as " + q.one() + " for " + q.Repository.String()
			break
		}
		reason = "Bitbucket no longer takes passwords, and " + q.one() + " was sent for " + q.Repository.String()
	case TokenRefused:
		reason = "Bitbucket no longer takes the API token kept on " + date(q.Added) + ", sent for " + q.Repository.String()
	case ScopeMissing:
		reason = "Bitbucket refused " + q.Repository.String() + ": " + strings.TrimSuffix(q.scopes(), ".")
	case OtherRefused:
		reason = "Bitbucket does not take the credential" + q.held() + ", sent for " + q.Repository.String()
	case SignInBlocked:
		reason = "Bitbucket refused " + q.Repository.String() + ": " + q.signIn()
	case OtherAccount:
		reason = "Bitbucket refused " + q.Repository.String() + ": the URL names the account " + q.Account + ", and the token that is kept is not that account's, or has no access, or the repository's name is mistyped"
	}
	if q.Shut {
		return s.say("Bitbucket wants your API token for "+q.Repository.String()+". One is kept, but "+q.Unkept.Why()+
			", and nobody can be asked for a token here. Mend that, or set BBGIT_TOKEN") + s.remedy(*q.Unkept)
	}
	remedy := "run the command once in a terminal, or set BBGIT_TOKEN"
	switch {
	case q.Askpass != "":
		remedy = "run the command once in a terminal, set BBGIT_TOKEN, or let " + q.Askpass + " give an API token, with the user name " + bitbucket.APITokenUser
	case q.Why == SignInBlocked:
		remedy = "update Git Credential Manager, run the command once in a terminal, or set BBGIT_TOKEN"
	}
	return s.say(reason + ". Nobody can be asked for a token here: " + remedy)
}

// OtherIsAsking says what is waited for.
func (s Style) OtherIsAsking() string {
	return s.say("another bbgit is asking for a token; waiting for it (Ctrl-C stops)")
}
