package words

import (
	"strconv"

	"bbgit/auth/bitbucket"
)

// HiddenRepository is a repository that a good token does not see.
type HiddenRepository struct {
	Repository bitbucket.Repository
	Account    string // the one that git acted for; "" where nothing names it
	Forget     string // the command that forgets the token kept for it; "" where none is
	Variable   bool   // the token came from BBGIT_TOKEN
	Command    string // makes git act for an account NAME; "" where only the URL can be named
}

// Hidden tells of it. Whose token it is only the person knows: a token may be
// kept under a name that is not its owner's.
func (s Style) Hidden(h HiddenRepository) string {
	who := "the account of your token"
	switch {
	case h.Variable:
		who = "the account of the token in BBGIT_TOKEN"
	case h.Account != "":
		who = "the account " + h.Account
	}
	text := s.say("the token is good, but " + who + " does not see " + h.Repository.String() +
		". Perhaps the name is mistyped, the repository was renamed or moved to another workspace, or it is open to other accounts only.")
	if h.Variable {
		return text
	}
	if h.Forget != "" {
		text += s.fill("If the token kept for "+h.Account+" is another account's, this forgets it:", "", "") + s.command(h.Forget)
	}
	if h.Command == "" {
		return text + s.fill("To use another account, put its name into the URL:", "", "") +
			s.command("https://NAME@"+bitbucket.Host+"/"+h.Repository.String()+".git")
	}
	return text + s.fill("To use another account, NAME:", "", "") + s.command(h.Command)
}

// AnotherSees tells whose token is used, where the last used one saw nothing.
func (s Style) AnotherSees(account string, r bitbucket.Repository) string {
	if account == "" {
		account = "the account of the other token"
	}
	return s.say(account + " sees " + r.String() + ", and is used for it from now on")
}

// StaleHeader names a header in git's configuration that overrides every
// credential. file and command are "" where it stands in no file.
func (s Style) StaleHeader(file, command string, r bitbucket.Repository) string {
	const what = " git is told to send an Authorization header (http.extraHeader) in place of any token, and Bitbucket does not take it."
	if command == "" {
		return s.say("Bitbucket refused " + r.String() + ":" + what + " It comes from the command line (-c) or the environment (GIT_CONFIG_…): run git without it")
	}
	return s.say("Bitbucket refused "+r.String()+":"+what+" It stands in "+file+". To take it out:") + s.command(command)
}

// PushForbidden explains a push that was refused to a token which may read.
func (s Style) PushForbidden(r bitbucket.Repository) string {
	return s.say("your token is good and reads " + r.String() + ", but its account may not push there: a new token would not help. " +
		"Whoever looks after " + r.String() + " can give it the right to write")
}

// NotAboutTokens explains a refusal that no token can change. shown tells that
// git has shown what Bitbucket says about it.
func (s Style) NotAboutTokens(a bitbucket.Answer, r bitbucket.Repository, shown bool) string {
	switch {
	case a == bitbucket.PlanExceeded && shown:
		return s.say("this is about the plan of " + r.Workspace + ", and not about your token: a new one would not help")
	case a == bitbucket.Forbidden:
		return s.say("Bitbucket refused " + r.String() + " (403) and gives no reason that git can tell. Perhaps the token lacks a scope (" +
			bitbucket.ScopeRead + ", and " + bitbucket.ScopeWrite + " to push), or its account the right; an administrator of " + r.Workspace + " knows")
	}
	return s.say("a new token would not help: " + s.trouble(a, r))
}

// HelperFailed names a credential helper that could not do its work. command
// takes it out of git's configuration; it is "" where it stands in no file.
func (s Style) HelperFailed(helper string, missing bool, status int, command string) string {
	text := "the credential helper \"" + helper + "\" failed with status " + strconv.Itoa(status) + " and gave nothing."
	if missing {
		text = "the credential helper \"" + helper + "\" is configured, but there is no such program."
	}
	if command == "" {
		return s.say(text)
	}
	return s.say(text+" To take it out:") + s.command(command)
}

// HelperWaits says what is waited for.
func (s Style) HelperWaits(helper string) string {
	return s.say("waiting for the credential helper \"" + helper + "\"; it may have opened a window (Ctrl-C stops)")
}

// AskedByGCM tells how not to be asked again and again.
func (s Style) AskedByGCM() string {
	return s.say("Git Credential Manager has just asked you for an API token. If it does so at every command (its issue 1991), let bbgit ask once and keep the token:") +
		s.command("git config --global credential.https://"+bitbucket.Host+".helper \"\"")
}
