package bitbucket

import "strings"

// Answer is what Bitbucket means when it refuses, or that it does not.
type Answer int

const (
	// Unclear is an answer that nothing is known of, or none at all.
	Unclear Answer = iota
	// Accepted: the request was served.
	Accepted
	// AppPasswordRefused: an app password was sent. The one refusal that names
	// its cause.
	AppPasswordRefused
	// CredentialRefused: a wrong, cut-off, expired or revoked token, one without
	// scopes, a wrong user name, no access, or no such repository. The server
	// does not say which.
	CredentialRefused
	// ScopeMissing: the token is good, but may not do this.
	ScopeMissing
	// NotVisible: no such repository, or not for this account.
	NotVisible
	// AddressNotAllowed: the workspace has a list of IP addresses.
	AddressNotAllowed
	// TwoStepWanted: the workspace wants two-step verification.
	TwoStepWanted
	// Forbidden is any other 403.
	Forbidden
	// PlanExceeded: the workspace's plan or payment.
	PlanExceeded
	// TooManyRequests: slow down.
	TooManyRequests
	// ServerTrouble: the server's own fault.
	ServerTrouble
	// Unreachable: no answer came; network, proxy or certificate.
	Unreachable
)

// String is the answer in words.
func (a Answer) String() string {
	switch a {
	case Accepted:
		return "accepted"
	case AppPasswordRefused:
		return "app password refused"
	case CredentialRefused:
		return "refused"
	case ScopeMissing:
		return "a scope is missing"
	case NotVisible:
		return "no such repository, or not for this account"
	case AddressNotAllowed:
		return "IP address not allowed"
	case TwoStepWanted:
		return "two-step verification wanted"
	case Forbidden:
		return "forbidden"
	case PlanExceeded:
		return "plan exceeded"
	case TooManyRequests:
		return "too many requests"
	case ServerTrouble:
		return "trouble at the server"
	case Unreachable:
		return "no answer"
	}
	return "an answer that says nothing"
}

// MeaningOf reads a status and the text that came with it. The text is the
// server's and is not translated; without it some answers stay Forbidden.
func MeaningOf(status int, text string) Answer {
	switch {
	case status == 0:
		return Unreachable
	case status < 300:
		return Accepted
	case status == 401:
		return CredentialRefused
	case status == 402:
		return PlanExceeded
	case status == 403:
		return forbidden(text)
	case status == 404:
		return NotVisible
	case status == 410:
		return AppPasswordRefused
	case status == 429:
		return TooManyRequests
	case status >= 500:
		return ServerTrouble
	}
	return Unclear
}

func forbidden(text string) Answer {
	text = strings.ToLower(text)
	for _, known := range []struct {
		words  string
		answer Answer
	}{
		{"required privilege scopes", ScopeMissing},
		{"whitelist your ip", AddressNotAllowed},
		{"two-step", TwoStepWanted},
	} {
		if strings.Contains(text, known.words) {
			return known.answer
		}
	}
	return Forbidden
}

// Refused tells that the credential itself was turned down. It is the only
// ground on which one may be forgotten.
func (a Answer) Refused() bool { return a == AppPasswordRefused || a == CredentialRefused }

// Final tells that another token cannot change the answer.
func (a Answer) Final() bool {
	switch a {
	case AddressNotAllowed, TwoStepWanted, PlanExceeded, TooManyRequests, ServerTrouble, Unreachable, Unclear:
		return true
	}
	return false
}
