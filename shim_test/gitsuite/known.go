//go:build linux

package main

// A knownDifference is one that follows from what bbgit is for.
type knownDifference struct {
	script string
	test   string // by name: its number is another one in another version of git
	reason string
}

func (k knownDifference) is(d difference) bool { return k.script == d.script && k.test == d.test }

var known = []knownDifference{
	{"t0001-init", "No extra GIT_* on alias scripts",
		`A word that git does not know may be an alias for a push: bbgit goes along, and its helper is in the environment
		as GIT_CONFIG_COUNT, where the alias can see it.`},
}
