package words

import "bbgit/auth/bitbucket"

// causes are the sayings about what stands in the way of a command.
func causes(s Style) map[string]string {
	doubtful, foreign, old, silent, other, askpass := question(TokenRefused), question(OtherRefused), question(SignInBlocked), question(SignInBlocked), question(OtherAccount), question(PasswordRefused)
	doubtful.Added, doubtful.Doubtful, foreign.Doubtful = today.AddDate(0, -2, 0), true, true
	old.GCM, other.Account = "2.6.1", "bob"
	askpass.Askpass, askpass.Held = "GIT_ASKPASS", "that GIT_ASKPASS gives (~/askpass)"
	const another = "git remote set-url origin https://NAME@bitbucket.org/you/thesis.git"
	return map[string]string{
		"ask-token-doubtful":   s.Ask(doubtful),
		"ask-other-doubtful":   s.Ask(foreign),
		"ask-old-gcm":          s.Ask(old),
		"ask-old-gcm-silent":   s.Ask(silent),
		"ask-other-account":    s.Ask(other),
		"nobody-old-gcm":       s.NobodyToAsk(old),
		"nobody-other-account": s.NobodyToAsk(other),
		"nobody-askpass":       s.NobodyToAsk(askpass),
		"variable-lacks-scope": s.EnvTokenRefused(bitbucket.Plausible, bitbucket.ScopeMissing, bitbucket.Write, thesis),
		"push-forbidden":       s.PushForbidden(thesis),
		"hidden":               s.Hidden(HiddenRepository{Repository: thesis, Account: "you", Forget: "bbgit bitbucket logout you", Command: another}),
		"hidden-from-helper":   s.Hidden(HiddenRepository{Repository: thesis, Account: "you", Command: another}),
		"hidden-nameless":      s.Hidden(HiddenRepository{Repository: thesis}),
		"hidden-from-variable": s.Hidden(HiddenRepository{Repository: thesis, Variable: true}),
		"another-sees":         s.AnotherSees("bob", thesis),
		"stale-header":         s.StaleHeader("~/.gitconfig", "git config --global --unset-all http.extraheader", thesis),
		"stale-header-typed":   s.StaleHeader("", "", thesis),
		"no-help-plan-shown":   s.NotAboutTokens(bitbucket.PlanExceeded, thesis, true),
		"helper-missing":       s.HelperFailed("nosuch", true, 127, "git config --global --unset-all credential.helper"),
		"helper-failed":        s.HelperFailed("/opt/helper", false, 3, "git config --global --unset-all credential.helper"),
		"helper-missing-typed": s.HelperFailed("nosuch", true, 127, ""),
		"helper-waits":         s.HelperWaits("manager"),
		"asked-by-gcm":         s.AskedByGCM(),
	}
}
