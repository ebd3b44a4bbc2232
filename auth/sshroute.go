package auth

import (
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/sshtrace"
)

// A sshRoute is how git came to connect to a place over SSH, and with that what
// a person changes to have it connect to another. The zero value stands for a
// way that is not seen from here, such as the URL of a submodule in a clone.
type sshRoute struct {
	remote string // the name of a remote
	push   bool   // its pushurl
	one    string // its URL, where it has several

	base  bitbucket.Base // a rule, url.<base>.insteadOf, in
	file  string         // this file
	typed bool           // the command line has the URL
}

// sshURL is a URL that git may connect to.
type sshURL struct {
	text  string
	route sshRoute
}

// routeTo finds where git got a connection from: in the arguments, or in the
// configuration. It is pure.
func routeTo(c sshtrace.Connection, args []string, entries []realgit.Entry) sshRoute {
	for _, u := range sshURLs(args, entries) {
		text, rule := realgit.InsteadOf(u.text, c.Service == "git-receive-pack", u.route.push, entries)
		remote, ok := bitbucket.ParseSSHRemote(text)
		if !ok || remote != c.Remote {
			continue
		}
		if rule == nil {
			return u.route
		}
		base := bitbucket.Base(realgit.RuleBase(rule.Key))
		if _, known := base.OverSSH(); known && rule.File() != "" {
			return sshRoute{base: base, file: rule.File()}
		}
		return sshRoute{typed: true} // a rule that no command changes; the URL itself can be given
	}
	return sshRoute{}
}

// sshURLs are the URLs of the command line and of the configuration. Those of
// submodules have no route of their own: what git has noted for them comes from
// a file of the project, and is noted in several places.
func sshURLs(args []string, entries []realgit.Entry) []sshURL {
	var urls []sshURL
	for _, a := range args {
		urls = append(urls, sshURL{a, sshRoute{typed: true}})
	}
	several := make(map[string]int)
	for _, e := range entries {
		several[e.Key]++
	}
	for _, e := range entries {
		name, last := realgit.Subsection(e.Key, "remote.")
		switch {
		case last == "url" || last == "pushurl":
			route := sshRoute{remote: name, push: last == "pushurl"}
			if several[e.Key] > 1 {
				route.one = e.Value
			}
			urls = append(urls, sshURL{e.Value, route})
		case strings.HasPrefix(e.Key, "submodule.") && strings.HasSuffix(e.Key, ".url"):
			urls = append(urls, sshURL{e.Value, sshRoute{}})
		}
	}
	return urls
}

// changes are what to type to have git connect over SSH to another host, and to
// use HTTPS. place are git's options that name the repository.
func (r sshRoute) changes(c sshtrace.Connection, newSSH string, place []string) (overSSH, overHTTPS string) {
	switch {
	case r.typed:
		return newSSH, c.Remote.Repository.URL()
	case r.remote != "":
		return r.setURL(newSSH, place), r.setURL(c.Remote.Repository.URL(), place)
	case r.base != "":
		ssh, _ := r.base.OverSSH()
		https, _ := r.base.OverHTTPS()
		return r.rename(string(ssh)), r.rename(string(https))
	}
	old := prefix(c)
	return rule(strings.TrimSuffix(newSSH, c.Remote.Repository.String()+".git"), old), rule("https://"+bitbucket.Host+"/", old)
}

func (r sshRoute) setURL(url string, place []string) string {
	words := append(append([]string(nil), place...), "remote", "set-url")
	if r.push {
		words = append(words, "--push")
	}
	words = append(words, r.remote, url)
	if r.one != "" {
		words = append(words, r.one)
	}
	return realgit.Typed(words...)
}

func (r sshRoute) rename(base string) string {
	return realgit.Typed("config", "--file", realgit.ShownPath(r.file), "--rename-section", "url."+string(r.base), "url."+base)
}

// rule is a setting that holds for all repositories and their submodules.
func rule(base, old string) string {
	return realgit.Typed("config", "--global", "url."+base+".insteadOf", old)
}

// prefix is the beginning of the URL that git connected to, as it was written.
func prefix(c sshtrace.Connection) string {
	user, port := "", ""
	if c.Remote.User != "" {
		user = c.Remote.User + "@"
	}
	if !c.Long {
		return user + c.Remote.Host + ":"
	}
	if c.Remote.Port != "" {
		port = ":" + c.Remote.Port
	}
	return "ssh://" + user + c.Remote.Host + port + "/"
}
