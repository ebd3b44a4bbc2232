package cloud

import "slices"

// petition is all that Bitbucket looks at before it lets a request through.
type petition struct {
	repository Repository // the zero value when there is none of that name
	push       bool       // or an upload to LFS
	signed     bool       // a credential came with it
	user       string
	secret     *Secret // nil when the server does not know what was sent
	account    Account // that the secret belongs to
	retired    map[Kind]Answer
}

// judge says whether the request may go on and, when not, what it is told.
func judge(p petition) (refusal Answer, ok bool) {
	if !p.signed {
		return Answers["401"], p.repository.Public && !p.push
	}
	if p.secret == nil {
		return Answers["401-no-access"], false
	}
	if answer, dead := p.retired[p.secret.Kind]; dead {
		return answer, false
	}
	if !p.genuine() {
		return Answers["401-no-access"], false
	}
	if !p.scoped() {
		return Answers["403-scopes"], false
	}
	return Answers["401-no-access"], p.reaches()
}

// genuine: a living token, under a user name that goes with it. The e-mail
// address does not, nor does the static name of the other kind of token.
func (p petition) genuine() bool {
	if p.secret.State != Good || len(p.secret.Scopes) == 0 {
		return false
	}
	if p.secret.Kind == AccessToken {
		return p.user == AccessTokenUser
	}
	return p.user == APITokenUser || p.user == p.account.Name && p.user != ""
}

func (p petition) scoped() bool {
	if p.push && !slices.Contains(p.secret.Scopes, ScopeWrite) {
		return false
	}
	return slices.Contains(p.secret.Scopes, ScopeRead)
}

func (p petition) reaches() bool {
	name := p.repository.path()
	switch {
	case p.repository.Name == "":
		return false
	case p.repository.Public && !p.push:
		return true
	case p.secret.Kind == AccessToken:
		return slices.ContainsFunc(p.secret.Reach, func(pattern string) bool { return covers(pattern, name) })
	case p.push:
		return p.account.may(Write, name)
	default:
		return p.account.may(Read, name)
	}
}
