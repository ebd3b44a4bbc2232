package doctor

import (
	"net/url"
	"os"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
)

// Network is what the environment says of proxies and certificates.
type Network struct {
	Proxy      Variable // the first that curl goes by
	Unverified Variable // GIT_SSL_NO_VERIFY
	Authority  Variable // GIT_SSL_CAINFO
	Missing    []Missing
}

// Missing is a file of certificates that is named, in whatever way, and cannot be
// read.
type Missing struct {
	File  string
	Entry realgit.Entry // that names it; zero for the variable
}

// A Variable of the environment; both are "" where it is not set.
type Variable struct{ Name, Value string }

// proxyVariables are those that curl knows for https, in its order
// (curl(1), ENVIRONMENT).
var proxyVariables = []string{"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}

func examineNetwork(settings []realgit.Entry, look func(string) string) (n Network) {
	for _, name := range proxyVariables {
		if value := look(name); value != "" {
			n.Proxy = Variable{name, value}
			break
		}
	}
	if value, name := look("GIT_SSL_NO_VERIFY"), "GIT_SSL_NO_VERIFY"; value != "" {
		n.Unverified = Variable{name, value}
	}
	if value, name := look("GIT_SSL_CAINFO"), "GIT_SSL_CAINFO"; value != "" {
		n.Authority = Variable{name, value}
	}
	if file := n.Authority.Value; file != "" && !readable(file) {
		n.Missing = append(n.Missing, Missing{File: file})
	}
	for _, e := range settings {
		if file := realgit.AtHome(e.Value); file != "" && realgit.ConcernsBitbucket(e.Key, "http", "sslcainfo") && !readable(file) {
			n.Missing = append(n.Missing, Missing{file, e})
		}
	}
	return n
}

func readable(file string) bool {
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
		return false // to open a pipe would wait for ever
	}
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	return f.Close() == nil
}

func judgeNetwork(f Facts) []Finding {
	return append(append(f.judgeProxy(), f.judgeCertificates()...), f.judgeAnswers()...)
}

func (f Facts) judgeProxy() (all []Finding) {
	const check = "proxy"
	for _, e := range f.allSettings() {
		if realgit.ConcernsBitbucket(e.Key, "http", "proxy") && e.Value != "" {
			all = append(all, find(check, OK, e.File(), "Git goes through the proxy %s (in %s).", maskedProxy(e.Value), origin(e)))
		}
	}
	if v := f.Network.Proxy; v.Name != "" && len(all) == 0 {
		all = append(all, find(check, OK, "", "Git goes through the proxy %s (%s in the environment).", maskedProxy(v.Value), v.Name))
	}
	return all
}

// maskedProxy is a proxy as it can be shown: it may have a password.
func maskedProxy(text string) string {
	with := text
	if !strings.Contains(with, "://") {
		with = "http://" + with
	}
	u, err := url.Parse(with)
	if err != nil {
		return "****"
	}
	u.RawQuery, u.Fragment, u.Path = "", "", ""
	if u.User == nil {
		return terminal.Plain(u.String())
	}
	login := "****@" // a name alone may be a token
	if _, ok := u.User.Password(); ok {
		login = url.PathEscape(u.User.Username()) + ":" + login
	}
	u.User = nil
	return terminal.Plain(strings.Replace(u.String(), "://", "://"+login, 1))
}

func (f Facts) judgeCertificates() (all []Finding) {
	const check = "certificates"
	for _, e := range f.unverified() {
		all = append(all, find(check, Attention, e.File(), "Git checks no certificates (%s = false, in %s): whoever sits between can read your token.", terminal.Plain(e.Key), origin(e)).
			with(terminal.Plain(realgit.TakeOut(e, f.allSettings(), "^"+quoted(e.Value)+"$"))))
	}
	if v := f.Network.Unverified; v.Name != "" {
		all = append(all, find(check, Attention, "", "Git checks no certificates (%s is set): whoever sits between can read your token.", v.Name).
			with("unset "+v.Name))
	}
	for _, m := range f.Network.Missing {
		command := "unset GIT_SSL_CAINFO"
		if m.Entry.Key != "" {
			command = terminal.Plain(realgit.TakeOut(m.Entry, f.allSettings(), "^"+quoted(m.Entry.Value)+"$"))
		}
		all = append(all, find(check, Attention, m.File, "The file of certificates that git is told to use cannot be read: %s.", shown(m.File)).with(command))
	}
	return all
}

// unverified are the settings by which git checks no certificates: of all clones,
// and of each that changes it.
func (f Facts) unverified() (list []realgit.Entry) {
	base := verifying(f.Settings, realgit.Entry{})
	if realgit.IsFalse(base.Value) {
		list = append(list, base)
	}
	for _, c := range f.Clones {
		if e := verifying(c.entries(), base); e != base && realgit.IsFalse(e.Value) {
			list = append(list, e)
		}
	}
	return list
}

// verifying is the setting that counts: of those for the same host the longer key
// is the more specific one, and of two alike the last.
func verifying(entries []realgit.Entry, best realgit.Entry) realgit.Entry {
	for _, e := range entries {
		if realgit.ConcernsBitbucket(e.Key, "http", "sslverify") && len(e.Key) >= len(best.Key) {
			best = e
		}
	}
	return best
}

// judgeAnswers says whether Bitbucket answered what it was asked.
func (f Facts) judgeAnswers() []Finding {
	const check = "bitbucket"
	asked, silent := 0, bitbucket.Repository{}
	for _, v := range f.Verdicts {
		switch {
		case v.Asked && v.Answer == bitbucket.Unreachable:
			silent = v.Repository
		case v.Asked:
			asked++
		}
	}
	switch {
	case silent != bitbucket.Repository{}:
		return []Finding{find(check, Attention, "", "Bitbucket did not answer. Check the network, the proxy and the VPN. Nothing is forgotten meanwhile.").
			with("GIT_TRACE_CURL=1 " + realgit.Typed("ls-remote", silent.URL()))}
	case asked > 0:
		return []Finding{find(check, OK, "", "Bitbucket answers.")}
	}
	return nil
}
