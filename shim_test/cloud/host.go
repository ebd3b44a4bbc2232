package cloud

import (
	"slices"
	"strings"
)

// Home is the one host where Bitbucket's credentials belong.
const Home = "bitbucket.org"

// Storage is the host that keeps LFS objects. Bitbucket's tokens must not get there.
const Storage = "bbfs.example.com"

// Plain is how the log and a Fault name what comes without encryption.
const Plain = "http://bitbucket.org"

// Strangers are hosts with repositories and passwords of their own (see Login),
// among them everything that can be mistaken for Bitbucket.
var Strangers = []string{
	"github.com",
	"bitbucket.org:8443",
	"bitbucket.org.example.com",
	"bitbucket.orgs",
	"xn--btbucket-thh.org", // its first "i" is a Cyrillic letter
	Plain,
}

// known says whether the proxy opens a tunnel to target, a host with a port.
func known(target string) bool {
	host := hostOf(target)
	return host == Home || host == Storage || slices.Contains(Strangers, host)
}

// hostOf brings the name of a host into the form that the log uses: small
// letters, and a port only where it is not that of https.
func hostOf(target string) string {
	return strings.TrimSuffix(strings.ToLower(target), ":443")
}

func hostNames() []string {
	names := []string{Home, Storage}
	for _, stranger := range Strangers {
		if !strings.Contains(stranger, ":") { // another port or scheme of Home
			names = append(names, stranger)
		}
	}
	return names
}
