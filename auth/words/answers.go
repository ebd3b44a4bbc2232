package words

import "bbgit/auth/bitbucket"

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
