package cloud

import (
	"crypto/rand"
	"math/big"
)

// Kind is what a secret was made as.
type Kind int

// The kinds of secrets. The first two work; the other two once did.
const (
	APIToken        Kind = iota // of a person
	AccessToken                 // of a repository, project or workspace
	AppPassword                 // removed on 2026-07-28
	AccountPassword             // refused for git since 2022-03-01
)

// State is what became of a secret. The server's answer is the same for all
// but Good: it does not say which.
type State int

// The states of a secret.
const (
	Good State = iota
	Revoked
	Expired
)

// Scopes of tokens. None implies another.
const (
	ScopeRead  = "read:repository:bitbucket"
	ScopeWrite = "write:repository:bitbucket"
)

// ReadWrite are the scopes that a push needs.
var ReadWrite = []string{ScopeRead, ScopeWrite}

// The user names that stand for the token itself.
const (
	APITokenUser    = "x-bitbucket-api-token-auth"
	AccessTokenUser = "x-token-auth"
)

// Secret is something that a person types or pastes where git says "Password".
type Secret struct {
	Label   string // its name in the log
	Value   string
	Kind    Kind
	Account string   // whose it is; an access token is nobody's
	Scopes  []string // a token without any looks the same, and never works
	Reach   []string // of an access token: "acme/app", or "acme/*" for a workspace
	State   State
}

// String keeps the value out of a test's output.
func (s Secret) String() string { return s.Label + " (****)" }

// GoString keeps it out of %#v.
func (s Secret) GoString() string { return s.String() }

// AddSecret makes the secret known, or changes the one with the same label.
func (c *Cloud) AddSecret(s Secret) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.secrets[s.Label] = s
}

// SetState changes what became of a secret.
func (c *Cloud) SetState(label string, state State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.secrets[label]
	s.State = state
	c.secrets[label] = s
}

// Retire changes what all secrets of a kind are answered, whoever sends them.
// At the start app passwords get Answers["410"] and account passwords
// Answers["401-account-password"]. It works for the other kinds as well.
func (c *Cloud) Retire(kind Kind, answer Answer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.retired[kind] = answer
}

const (
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	digits  = "0123456789"
	hex     = digits + "ABCDEF"
)

// tokenLength is that of every token seen so far, its beginning and end included.
const tokenLength = 192

// NewAPIToken makes a value that looks like one of Atlassian's.
func NewAPIToken() string { return newToken("ATATT3xFfGF0") }

// NewAccessToken makes a value that looks like one of Bitbucket's.
func NewAccessToken() string { return newToken("ATCTT3xFfGN0") }

// NewAppPassword makes a value of 36 characters, as they were after about 2022.
func NewAppPassword() string { return "ATBB" + random(letters+digits, 24) + random(hex, 8) }

// NewOldAppPassword makes one of the kind before: nothing tells it from any
// other password.
func NewOldAppPassword() string {
	// One of each at least, so that it is of letters and digits each time.
	return random(letters, 1) + random(digits, 1) + random(letters+digits, 18)
}

func newToken(beginning string) string {
	end := "=" + random(hex, 8)
	return beginning + random(letters+digits+"_-", tokenLength-len(beginning)-len(end)) + end
}

func random(alphabet string, length int) string {
	text := make([]byte, length)
	for i := range text {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
		if err != nil {
			panic(err) // crypto/rand does not fail
		}
		text[i] = alphabet[n.Int64()]
	}
	return string(text)
}
