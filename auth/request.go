package auth

import (
	"net/url"
	"os"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/pattern"
	"bbgit/auth/realgit"
)

// A request is what git asked of a helper, and the place that it asked from.
type request struct {
	message    credential.Message // as git wrote it
	repository bitbucket.Repository
	user       string   // from the remote's URL or credential.username; "" for none
	dir        string   // working directory of the helper
	env        []string // environment of the helper
	global     []string // git's global options, where no helper but the command itself is meant
}

// Attributes that a helper adds for the bbgit that answers. Git never sees them.
const (
	dirAttribute = "bbgit-dir"
	envAttribute = "bbgit-env[]"
)

// withPlace adds to a message where this helper stands: git starts the helpers
// of a submodule, or of a fresh clone, in another folder and with another GIT_DIR
// than the command has, and the person's own helpers may differ there. Values
// are escaped, since a variable may hold a newline and a message may not.
func withPlace(m credential.Message) credential.Message {
	out := append(credential.Message(nil), m...)
	if dir, err := os.Getwd(); err == nil {
		out = append(out, credential.Attribute{Key: dirAttribute, Value: url.PathEscape(dir)})
	}
	for _, v := range os.Environ() {
		if strings.HasPrefix(v, "GIT_") {
			out = append(out, credential.Attribute{Key: envAttribute, Value: url.PathEscape(v)})
		}
	}
	return out
}

// readRequest is the other end of withPlace. Without a place it is our own; of
// the environment, all but git's variables is the same for every helper.
func readRequest(m credential.Message, base []string) request {
	r := request{
		message:    m.Without(dirAttribute, envAttribute),
		repository: bitbucket.RepositoryOf(m.Get("path")),
		user:       m.Get("username"),
		env:        base,
	}
	if bitbucket.NamesNobody(r.user) {
		r.user = ""
	}
	dir, err := url.PathUnescape(m.Get(dirAttribute))
	if err != nil || dir == "" {
		return r
	}
	r.dir = dir
	r.env = nil
	for _, v := range base {
		if !strings.HasPrefix(v, "GIT_") {
			r.env = append(r.env, v)
		}
	}
	for _, a := range m {
		if a.Key == envAttribute {
			if v, err := url.PathUnescape(a.Value); err == nil {
				r.env = append(r.env, v)
			}
		}
	}
	return r
}

// promptsAllowed reads GIT_TERMINAL_PROMPT as git does (git(1)).
func (r request) promptsAllowed() bool {
	for _, v := range r.env {
		if value, ok := strings.CutPrefix(v, "GIT_TERMINAL_PROMPT="); ok {
			return !isFalse(value)
		}
	}
	return true
}

// withRepository is how git would describe a credential for a repository.
func withRepository(r bitbucket.Repository) credential.Message {
	return credential.Message{
		{Key: "protocol", Value: "https"},
		{Key: "host", Value: bitbucket.Host},
		{Key: "path", Value: r.Workspace + "/" + r.Name + ".git"},
	}
}

// isFalse reads a variable as git reads a boolean.
func isFalse(value string) bool { return value == "" || realgit.IsFalse(value) }

// namesHelper tells that a credential helper was named on git's command line, so
// that it stands behind ours. Git hands what "-c" has set to its children in
// GIT_CONFIG_PARAMETERS, quoted, in one of two forms.
func (r request) namesHelper() bool {
	for _, v := range r.env {
		if set, ok := strings.CutPrefix(v, "GIT_CONFIG_PARAMETERS="); ok {
			return namedHelper.MatchString(set)
		}
	}
	return false
}

// namedHelper finds "credential.helper" and "credential.URL.helper" with a value.
// An empty value names none: it drops those before it, ours as well.
var namedHelper = pattern.New(`(?i)'credential\.(?:[^'=]*\.)?helper(?:'=')?=?[^'=]`)
