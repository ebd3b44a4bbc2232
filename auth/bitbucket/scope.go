package bitbucket

// Scopes of an API token that git needs. They imply nothing: whoever may write
// may not read unless that is ticked too.
const (
	ScopeRead  = "read:repository:bitbucket"
	ScopeWrite = "write:repository:bitbucket"
)

// TokenPage is where a person makes an API token.
const TokenPage = "https://id.atlassian.com/manage-profile/security/api-tokens"

// TokenButton is the button there. The other one makes a token without scopes,
// which never works with git.
const TokenButton = "Create API token with scopes"

// Need is what a command has to be allowed to do.
type Need int

const (
	Read Need = iota
	Write
)

// String is the need in words.
func (n Need) String() string {
	if n == Write {
		return "push"
	}
	return "read"
}
