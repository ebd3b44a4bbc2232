package bitbucket

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Host is the only host that ever gets a token, at port 443.
const Host = "bitbucket.org"

// Serves tells whether protocol and host, as git gives them to a helper, name
// Bitbucket Cloud over HTTPS. Anything else is none of our business: http, other
// ports, look-alikes, and no host at all.
func Serves(protocol, host string) bool {
	host = strings.ToLower(host)
	return protocol == "https" && (host == Host || host == Host+":443")
}

// Repository names a repository as people do: "workspace/name".
type Repository struct{ Workspace, Name string }

// RepositoryOf reads the path of a remote's URL or of a request: "ws/repo",
// "/ws/repo.git/info/refs". The zero Repository stands for none.
func RepositoryOf(path string) Repository {
	parts := strings.SplitN(strings.TrimPrefix(path, "/"), "/", 3)
	if len(parts) < 2 || parts[0] == "" || parts[1] == "" {
		return Repository{}
	}
	return Repository{parts[0], strings.TrimSuffix(parts[1], ".git")}
}

// String is the repository as it can be shown: git decodes %XX in a path before
// it asks a helper, and a URL may be anybody's (a submodule's), so that without
// care it could drive the person's terminal.
func (r Repository) String() string {
	if r == (Repository{}) {
		return Host
	}
	return Printable(r.Workspace + "/" + r.Name)
}

// Printable writes what is not a visible character as %XX, as in a URL.
func Printable(s string) string {
	if !strings.ContainsFunc(s, hidden) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if size := utf8.RuneLen(r); r != utf8.RuneError && !hidden(r) {
			b.WriteString(s[i : i+size])
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		for _, c := range []byte(s[i : i+size]) {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func hidden(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) && r != ' ' }

// Folded is the repository for comparing: Bitbucket does not tell capitals from
// small letters.
func (r Repository) Folded() Repository {
	return Repository{strings.ToLower(r.Workspace), strings.ToLower(r.Name)}
}

// URL is the repository's address without anybody's name in it.
func (r Repository) URL() string {
	return (&url.URL{Scheme: "https", Host: Host, Path: "/" + r.Workspace + "/" + r.Name + ".git"}).String()
}

// A Remote is a URL of a repository at Bitbucket over HTTPS.
type Remote struct {
	User        string // decoded; "" where the URL has none
	Secret      string // decoded; "" where the URL has none
	Repository  Repository
	text        string // as it is written
	before, end string // the URL around USER:SECRET@
	user        string // as it is written
}

// ParseRemote reads a URL; ok is false where it is not one of Bitbucket's over
// HTTPS, or cannot be read.
func ParseRemote(text string) (r Remote, ok bool) {
	scheme, rest, found := strings.Cut(text, "://")
	if !found || !strings.EqualFold(scheme, "https") {
		return Remote{}, false
	}
	authority, path, _ := strings.Cut(rest, "/")
	// git takes the last @ (url.c, credential_from_url): a password may hold one.
	at := strings.LastIndex(authority, "@")
	userinfo, host := "", authority
	if at >= 0 {
		userinfo, host = authority[:at], authority[at+1:]
	}
	if !Serves("https", host) {
		return Remote{}, false
	}
	user, secret, _ := strings.Cut(userinfo, ":")
	if decoded, err := url.PathUnescape(path); err == nil {
		path = decoded // as git gives it to helpers
	}
	r = Remote{
		Repository: RepositoryOf(path),
		text:       text,
		user:       user,
		before:     text[:len(scheme)+len("://")],
		end:        rest[at+1:],
	}
	var err1, err2 error
	r.User, err1 = url.PathUnescape(user)
	r.Secret, err2 = url.PathUnescape(secret)
	return r, err1 == nil && err2 == nil
}

// ParsePlain reads a URL that is one of Bitbucket's but for its "http", which
// nobody encrypts, as the one that it should be.
func ParsePlain(text string) (r Remote, ok bool) {
	scheme, rest, found := strings.Cut(text, "://")
	if !found || !strings.EqualFold(scheme, "http") {
		return Remote{}, false
	}
	return ParseRemote("https://" + rest)
}

// Reveal is the URL as it was written, with its secret.
func (r Remote) Reveal() string { return r.text }

// WithoutSecret is the URL as it was written, but for the secret.
func (r Remote) WithoutSecret() string {
	if r.user == "" {
		return r.before + r.end
	}
	return r.before + r.user + "@" + r.end
}

// WithoutUser is the URL as it was written, but for all that names a person.
func (r Remote) WithoutUser() string { return r.before + r.end }

// Masked is the URL as it can be shown, with its secret hidden: also one that
// stands in the place of the user name.
func (r Remote) Masked() string {
	user := r.user
	if IsMarked(r.User) {
		user = "****"
	}
	switch {
	case r.Secret != "":
		user += ":****@"
	case user != "":
		user += "@"
	}
	return Printable(r.before + user + r.end)
}

// Cleaned is WithoutSecret as it can be shown.
func (r Remote) Cleaned() string {
	r.Secret = ""
	return r.Masked()
}
