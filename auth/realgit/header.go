package realgit

import (
	"context"
	"path"
	"strings"

	"bbgit/auth/bitbucket"
)

// IsExtraHeader tells that a key sets headers for git's requests
// (git-config(1), http.extraHeader and http.<url>.extraHeader).
func IsExtraHeader(key string) bool {
	return strings.HasPrefix(key, "http.") && strings.HasSuffix(key, ".extraheader") || key == "http.extraheader"
}

// AuthorizationHeader finds the Authorization header that git's configuration
// makes git send with every request to a repository, in place of any credential.
// As git does, it passes over a setting that is less specific than one before it.
func (g *Git) AuthorizationHeader(ctx context.Context, r bitbucket.Repository) (header Entry, found bool) {
	entries, err := g.Settings(ctx)
	if err != nil {
		return Entry{}, false
	}
	best := 0
	for _, e := range entries {
		if !ConcernsBitbucket(e.Key, "http", "extraheader") || !reaches(e.Key, r) || len(e.Key) < best {
			continue
		}
		best = len(e.Key) // of the same host: the longer one is the more specific
		if name, _, _ := strings.Cut(e.Value, ":"); strings.EqualFold(strings.TrimSpace(name), "authorization") {
			header, found = e, true
		} else if e.Value == "" {
			found = false // drops all that were named before
		}
	}
	return header, found
}

// reaches tells whether the path of the URL in a key, if it has one, leads to a
// repository.
func reaches(key string, r bitbucket.Repository) bool {
	_, rest, _ := strings.Cut(strings.TrimSuffix(key, ".extraheader"), "://")
	_, place, _ := strings.Cut(rest, "/")
	place = strings.TrimSuffix(place, "/")
	whole := r.Workspace + "/" + r.Name
	return place == "" || place == whole || strings.HasPrefix(whole+".git/", place+"/")
}

// ConcernsBitbucket tells whether a key is "section.name", or
// "section.URL.name" with a URL that git would match with Bitbucket's. It may
// match a little too much, such as a path of another repository.
func ConcernsBitbucket(key, section, name string) bool {
	pattern, ok := strings.CutPrefix(key, section+".")
	if !ok {
		return false
	}
	if pattern == name {
		return true
	}
	if pattern, ok = strings.CutSuffix(pattern, "."+name); !ok {
		return false
	}
	if scheme, rest, ok := strings.Cut(pattern, "://"); ok {
		if !strings.EqualFold(scheme, "https") {
			return false
		}
		pattern = rest
	}
	host, _, _ := strings.Cut(pattern, "/")
	host = host[strings.LastIndex(host, "@")+1:]
	match, err := path.Match(strings.ToLower(strings.TrimSuffix(host, ":443")), "bitbucket.org")
	return err == nil && match
}
