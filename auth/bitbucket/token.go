// Package bitbucket holds what is known of Bitbucket Cloud as git meets it:
// kinds of secret and how they look, user names, scopes, addresses, and what
// the server means by its answers. It is pure: values in, values out.
//
// Sources: Atlassian's documentation and changelog (CHANGE-3222), and logs that
// people published. Where a fact rests on less, the comment says so.
package bitbucket

import (
	"strings"
	"time"

	"bbgit/auth/pattern"
)

// Kind is a kind of secret, told by its first letters and its length.
type Kind int

const (
	// Unknown is any other secret: an OAuth access token, or a kind to come.
	Unknown Kind = iota
	// APIToken belongs to a person and reaches all that the person reaches.
	APIToken
	// AccessToken belongs to one repository, project or workspace.
	AccessToken
	// AppPassword was switched off on 2026-07-28.
	AppPassword
	// Password is what a person makes up: an account password (switched off on
	// 2022-03-01), most likely.
	Password
	// DataCenterToken is for the product that one hosts oneself.
	DataCenterToken
	// OtherService is a token of GitHub or GitLab.
	OtherService
)

// String is the kind in words.
func (k Kind) String() string {
	switch k {
	case APIToken:
		return "API token"
	case AccessToken:
		return "access token"
	case AppPassword:
		return "app password"
	case Password:
		return "password"
	case DataCenterToken:
		return "Data Center token"
	case OtherService:
		return "token of another service"
	}
	return "secret of an unknown kind"
}

// oldAppPassword is the length of an app password from before about 2022:
// letters and digits without a prefix.
const oldAppPassword = 20

// longestPassword is the length up to which a secret without a known beginning
// is taken for a password. The access tokens that OAuth gives for Bitbucket are
// longer than 80 characters; nobody remembers a password of 64.
const longestPassword = 64

var beginnings = []struct {
	letters string
	kind    Kind
}{
	{"ATAT", APIToken},
	{"ATCT", AccessToken},
	{"ATBB", AppPassword},
	{"BBDC-", DataCenterToken},
	{"ghp_", OtherService}, {"gho_", OtherService}, {"github_pat_", OtherService}, {"glpat-", OtherService},
}

// KindOf tells what kind a secret seems to be. It is no proof: only the server
// knows, and nothing may be forgotten or refused for good because of it.
func KindOf(text string) Kind {
	for _, b := range beginnings {
		if strings.HasPrefix(text, b.letters) {
			return b.kind
		}
	}
	switch {
	case len(text) == oldAppPassword && onlyLettersAndDigits(text):
		return AppPassword
	case len(text) < longestPassword:
		return Password
	}
	return Unknown
}

// Retired tells that Bitbucket no longer takes this kind, so that it is worth
// asking the server before git fails on it.
func (k Kind) Retired() bool { return k == AppPassword || k == Password }

// The user names that git has to send with a token. The e-mail address of the
// Atlassian account, which the REST API wants, is refused here.
const (
	APITokenUser    = "x-bitbucket-api-token-auth"
	AccessTokenUser = "x-token-auth"
)

// UserName is the git user name that goes with a token. It is never the
// person's own, which would work for an API token too, but must be known.
func UserName(token string) string {
	if KindOf(token) == AccessToken {
		return AccessTokenUser
	}
	return APITokenUser
}

// TokenLife is how long Atlassian lets a token live at most.
const TokenLife = 365 * 24 * time.Hour

// wholeAPIToken is how every API token looked that was ever seen. Atlassian
// says that the length varies, so a difference is worth a warning, not more.
var wholeAPIToken = pattern.New(`^AT[AC]T[A-Za-z0-9_-]{100,}=[0-9A-F]{8}$`)

// LooksCutOff tells that a token lacks its usual end: perhaps not all of it was
// copied.
func LooksCutOff(token string) bool {
	kind := KindOf(token)
	return (kind == APIToken || kind == AccessToken) && !wholeAPIToken.MatchString(token)
}

func onlyLettersAndDigits(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}

// NamesNobody tells that a user name in a URL is no account: one of those that
// go with any token, or a token that somebody has put into the place of a name.
func NamesNobody(user string) bool {
	return user == APITokenUser || user == AccessTokenUser || IsMarked(user)
}

// shortestMarked is the length of the shortest secret with a known beginning, an
// app password. A shorter text may be a name: "ATBBar".
const shortestMarked = 36

// IsMarked tells that a text can be told for a secret by its beginning, which a
// user name never has.
func IsMarked(text string) bool {
	for _, b := range beginnings {
		if strings.HasPrefix(text, b.letters) && len(text) >= shortestMarked {
			return true
		}
	}
	return false
}
