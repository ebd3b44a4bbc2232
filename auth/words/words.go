// Package words holds every sentence that bbgit says while a git command runs.
//
// The rules: what happened, why, the command to type. A message begins with
// "bbgit: " and a small letter, and fits a terminal of 80 columns, or a narrower
// one. Git's and Bitbucket's own terms are used, and no others. Nothing is told
// by colour. No sentence ever holds a secret, and what a server or a
// repository has written must have gone through terminal.Plain.
package words

import (
	"strconv"
	"strings"
	"time"

	"bbgit/auth/bitbucket"
)

func date(t time.Time) string { return t.Format(time.DateOnly) }

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
	case q.Gone == Cache:
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

// Opened answers the empty line that opened the page.
func (s Style) Opened() string {
	return s.say("the page is opening in the browser; paste the token here when you have it. Enter alone gives up")
}

// Pasted tells what was put in by mistake, or seems so. It is empty for a
// token that looks right.
func (s Style) Pasted(p bitbucket.Paste) string {
	if what := mistaken(p); what != "" {
		return s.say("that is " + what + "; it was not sent. The API token begins with ATAT")
	}
	switch p {
	case bitbucket.PastedKeys:
		return s.say("nothing was pasted. In a terminal, paste with Ctrl-Shift-V or the right mouse button (on a Mac, Cmd-V)")
	case bitbucket.CutOff:
		return s.say("this token lacks its usual end: perhaps not all of it was copied, or a line break stands inside. Asking Bitbucket all the same")
	case bitbucket.StrangeToken:
		return s.say("this does not look like an API token, which begins with ATAT. Asking Bitbucket all the same")
	}
	return ""
}

// mistaken is what was taken for a token; "" where it may be one.
func mistaken(p bitbucket.Paste) string {
	switch p {
	case bitbucket.PastedAppPassword:
		return "an app password, the kind that Bitbucket has switched off"
	case bitbucket.PastedMail:
		return "an e-mail address, which is not needed"
	case bitbucket.PastedURL:
		return "a web address"
	case bitbucket.PastedDataCenterToken:
		return "a token for Bitbucket Data Center, which bitbucket.org does not take"
	case bitbucket.PastedOtherService:
		return "a token for another service, not for Bitbucket"
	case bitbucket.PastedText:
		return "a text with spaces or control characters inside"
	}
	return ""
}

// TooLong answers a line that the terminal could not take whole.
func (s Style) TooLong() string {
	return s.say("that is longer than this terminal takes in one line; it was not sent")
}

// SameAgain answers a token that was refused a moment ago.
func (s Style) SameAgain() string {
	return s.say("that is the token that Bitbucket has just refused; it was not sent again")
}

// Checking says what is waited for.
func (s Style) Checking() string { return s.say("asking Bitbucket whether it takes this token …") }

// Refused tells why Bitbucket did not take a token that was just pasted.
func (s Style) Refused(a bitbucket.Answer, need bitbucket.Need, r bitbucket.Repository) string {
	switch a {
	case bitbucket.ScopeMissing, bitbucket.Forbidden:
		if need == bitbucket.Write {
			return s.say("this token may not push to " + r.String() + ". Pushing needs two scopes, " + bitbucket.ScopeWrite +
				" and " + bitbucket.ScopeRead + " (write does not include read). A token cannot be changed: please make another")
		}
		return s.say("this token may not read " + r.String() + ". Reading needs the scope " + bitbucket.ScopeRead +
			". A token cannot be changed: please make another")
	case bitbucket.NotVisible:
		return s.say("with this token, Bitbucket sees no repository " + r.String() +
			". Was the token made with the account that has access to it, and is the name right?")
	}
	return s.say("Bitbucket refused this token and does not say why. The usual reasons:") +
		s.fill("it was made without scopes: the button is \""+bitbucket.TokenButton+"\"", "  - ", "    ") +
		s.fill("not all of it was copied, or a line break stands inside", "  - ", "    ") +
		s.fill("it has expired or was revoked", "  - ", "    ") +
		s.fill("its account has no access to "+r.String()+", or there is no such repository", "  - ", "    ")
}

// RefusedStrange answers what did not look like a token, and was refused as well.
func (s Style) RefusedStrange() string {
	return s.say("Bitbucket refused it. It is no API token, but a password perhaps, and those it no longer takes. A token begins with ATAT, and is made on the page above")
}

// NotChecked tells that a token could not be checked, and so was not kept.
func (s Style) NotChecked(a bitbucket.Answer, r bitbucket.Repository) string {
	return s.say("the token was not kept, because it could not be checked: " + s.trouble(a, r))
}

func (s Style) trouble(a bitbucket.Answer, r bitbucket.Repository) string {
	switch a {
	case bitbucket.AddressNotAllowed:
		return r.String() + " may be used from certain IP addresses only, and yours is not among them. " +
			"An administrator of " + r.Workspace + " can add it, or use the network of your organisation (VPN)"
	case bitbucket.TwoStepWanted:
		return "the workspace " + r.Workspace + " wants two-step verification. Turn it on for your Atlassian account"
	case bitbucket.PlanExceeded:
		return "the plan of " + r.Workspace + " is exceeded, and its repositories are read-only. An administrator can change that"
	case bitbucket.TooManyRequests:
		return "Bitbucket has had too many requests from you. Wait a while"
	case bitbucket.ServerTrouble:
		return "Bitbucket itself has trouble (https://bitbucket.status.atlassian.com). Try again later"
	case bitbucket.Forbidden:
		return "Bitbucket does not let this account do that with " + r.String() + ". An administrator of it can"
	case bitbucket.Unreachable:
		return "Bitbucket did not answer. Check the network, the proxy and the VPN"
	}
	return "Bitbucket's answer was not understood"
}

// Kept is the one line after success. inPlace tells that a dead entry was
// taken away in the helper that kept it.
func (s Style) Kept(keep Place, inPlace bool) string {
	if inPlace {
		return s.say("token accepted, and kept in " + string(keep) + " in place of the old password")
	}
	return s.say("token accepted, and kept in " + string(keep))
}

// ReadsOnly tells at once what a token that was just kept cannot do.
func (s Style) ReadsOnly() string {
	return s.say("this token can read, but not push: it lacks the scope " + bitbucket.ScopeWrite)
}

// GaveUp ends a question that got no token. It is the last word, after git's.
func (s Style) GaveUp() string {
	return s.say("there is no token yet, so the command was not carried out, and nothing was changed. Run it again when you have one")
}

// Enough ends a question after several tokens that were refused.
func (s Style) Enough() string {
	return s.say("that is enough for now. Run the command again with the whole token, which begins with ATAT; where it is lost, make a new one: old ones can be revoked on the same page")
}

// RefusedToo answers another token that Bitbucket refused without a reason.
func (s Style) RefusedToo() string { return s.say("Bitbucket refused this one too") }

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

// TypeInstead names the command to type in place of one that is not repeated
// unasked.
func (s Style) TypeInstead(reason, command string) string {
	return s.say("the token is ready. "+reason+", so it was not run again. Please type:") + s.fill(command, "  ", "  ")
}

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

// OtherIsAsking says what is waited for.
func (s Style) OtherIsAsking() string {
	return s.say("another bbgit is asking for a token; waiting for it (Ctrl-C stops)")
}
