package cloud

import "path"

// Right is what an account may do with a repository.
type Right int

// The rights; the zero value is none.
const (
	Read  Right = iota + 1
	Write       // and read
)

// Account is a person.
type Account struct {
	Name   string           // the Bitbucket user name
	Email  string           // of the Atlassian account; no git user name, however much it looks like one
	Access map[string]Right // by repository: "acme/app", or "acme/*" for a workspace
}

func (a Account) may(do Right, repository string) bool {
	for pattern, right := range a.Access {
		if right >= do && covers(pattern, repository) {
			return true
		}
	}
	return false
}

// AddAccount makes the account known, or changes it.
func (c *Cloud) AddAccount(a Account) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.accounts[a.Name] = a
}

// Login is a user name and a password for one of the Strangers.
type Login struct {
	Label    string
	Host     string
	Name     string
	Password string
}

// AddLogin makes it known. Whoever has one may read and write every
// repository at its host.
func (c *Cloud) AddLogin(l Login) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.logins = append(c.logins, l)
}

// covers reports whether repository is one that pattern means: itself, or with
// a "*" for one of its parts.
func covers(pattern, repository string) bool {
	ok, err := path.Match(pattern, repository)
	return ok && err == nil
}
