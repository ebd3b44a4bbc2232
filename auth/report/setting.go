package report

import (
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/pattern"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
)

// concerns tells whether a key of git's configuration bears on Bitbucket and on
// how git gets there. All others are nobody's business.
func concerns(key string) bool {
	section, rest, _ := strings.Cut(key, ".")
	last := rest[strings.LastIndex(rest, ".")+1:]
	switch section {
	case "credential", "http", "url", "lfs", "bbgit", "ssh":
		return true
	case "remote":
		return slices.Contains([]string{"url", "pushurl", "proxy"}, last)
	case "submodule":
		return last == "url"
	case "core":
		return slices.Contains([]string{"askpass", "sshcommand", "gitproxy"}, last)
	}
	return false
}

// harmless are settings whose values are words and numbers of git's own.
var harmless = []string{
	"usehttppath", "interactive", "guiprompt", "provider", "credentialstore", "bitbucketauthmodes", "emptyauth",
	"sslverify", "sslbackend", "sslversion", "schannelcheckrevoke", "version", "postbuffer", "maxretries",
	"maxrequests", "lowspeedlimit", "lowspeedtime", "followredirects", "proxyauthmethod", "delegation", "access",
	"locksverify", "store", "keyringtimeout", "variant",
}

// aWord is what a harmless value looks like.
var aWord = pattern.New(`^[A-Za-z0-9.:_-]{1,40}$`)

// Word is a text that stands for itself where it is a plain word.
func Word(text string) string {
	if !aWord.MatchString(text) || secret.Scrub(text) != text {
		return "an unknown one"
	}
	return text
}

// Setting is a line of git's configuration as it can be shown to anybody: its
// value only where that is known to be harmless or can be masked.
func Setting(e realgit.Entry) string {
	section, rest, _ := strings.Cut(e.Key, ".")
	last, name := rest, ""
	if dot := strings.LastIndex(rest, "."); dot >= 0 {
		name, last = "."+Address(rest[:dot]), rest[dot+1:]
	}
	key := terminal.Plain(section + name + "." + last)
	switch {
	case last == "helper":
		return key + " is " + Helper(e.Value)
	case slices.Contains([]string{"url", "pushurl", "proxy", "insteadof", "pushinsteadof"}, last):
		return key + " is " + Address(e.Value)
	case slices.Contains(harmless, last) && aWord.MatchString(e.Value) && secret.Scrub(e.Value) == e.Value:
		return key + " is " + e.Value
	}
	return key + " is set"
}

// Helper is the name of a credential helper, and nothing of its arguments.
func Helper(value string) string {
	h := realgit.KeepingHelper(value)
	switch name := h.Name(); {
	case value == "":
		return "empty, which drops those before it"
	case name == "":
		return "a line of shell"
	case !aWord.MatchString(name) || secret.Scrub(name) != name:
		return "a program"
	default:
		return name
	}
}

// Address is a URL as it can be shown to anybody: without a name, a password and a
// query, and of another host than Bitbucket's without the path as well. What is
// no URL, such as the name of a remote, stays as it is if it is a plain word.
func Address(text string) string {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		return noURL(text)
	}
	who := ""
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		who, rest = "****@", rest[at+1:]
	}
	rest, query, _ := strings.Cut(rest, "?")
	rest, fragment, _ := strings.Cut(rest, "#")
	host, path, _ := strings.Cut(rest, "/")
	name, _, _ := strings.Cut(host, ":")
	switch {
	case path == "":
	case !bitbucket.ServesSSH(strings.ToLower(name)):
		path = "…"
	}
	if path != "" || strings.HasSuffix(rest, "/") {
		host += "/"
	}
	if query != "" || fragment != "" {
		path += "?…"
	}
	return secret.Scrub(bitbucket.Printable(scheme + "://" + who + host + path))
}

// noURL is "git@bitbucket.org:you/thesis.git", "you:password@proxy:8080", a path,
// a host, or the name of a remote.
func noURL(text string) string {
	before, host, named := cutLast(text, "@")
	name, path, _ := strings.Cut(host, ":")
	switch {
	case named && before == "git" && bitbucket.ServesSSH(strings.ToLower(name)):
		return secret.Scrub(bitbucket.Printable(text))
	case named && path != "":
		return "****@" + bitbucket.Printable(name) + ":…"
	case named:
		return "****@" + bitbucket.Printable(name)
	case aWord.MatchString(text) && secret.Scrub(text) == text:
		return text
	}
	return "…"
}

func cutLast(text, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(text, separator); i >= 0 {
		return text[:i], text[i+len(separator):], true
	}
	return "", text, false
}
