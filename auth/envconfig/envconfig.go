// Package envconfig gives git settings for one run, in its environment
// (git-config(1), GIT_CONFIG_COUNT).
//
// Most commands need no more of package auth than this, and get it before the
// rest of the program is set up. So it imports as little as package handover of
// the other half does: see there.
package envconfig

import (
	"os"
	"slices"
	"strconv"
)

// Keys of the configuration that puts our helper first in line, for Bitbucket
// alone (gitcredentials(7)): an empty value drops the helpers named before,
// which we ask ourselves, and the path tells which repository is meant.
const (
	HelperKey  = "credential.https://bitbucket.org.helper"
	UseHTTPKey = "credential.https://bitbucket.org.useHttpPath"
)

// HelperCommand is the value for credential.helper that runs this program.
// A bare absolute path would break on spaces; a leading "!" makes git hand the
// rest to sh, on Windows to the one that comes with git.
func HelperCommand(program string) string {
	return "!" + Quoted(slashed(program)) + " bitbucket helper"
}

// slashed is filepath.ToSlash.
func slashed(path string) string {
	if os.PathSeparator == '/' {
		return path
	}
	text := []byte(path)
	for i, c := range text {
		if c == os.PathSeparator {
			text[i] = '/'
		}
	}
	return string(text)
}

// Quoted is a word for sh.
func Quoted(word string) string {
	quoted, from := "'", 0
	for i := range len(word) {
		if word[i] == '\'' {
			quoted += word[from:i] + `'\'`
			from = i
		}
	}
	return quoted + word[from:] + "'"
}

// Setting is a line of configuration.
type Setting struct{ Key, Value string }

// Set is a Setting.
func Set(key, value string) Setting { return Setting{key, value} }

// HelperSettings make git ask helper, and only helper, about Bitbucket.
func HelperSettings(helper string) []Setting {
	return []Setting{{HelperKey, ""}, {HelperKey, helper}, {UseHTTPKey, "true"}}
}

// PastNetrc keeps curl from sending what .netrc holds for Bitbucket: with an
// empty user name and password set, it does not look there, and git asks its
// helpers after the 401 (git-config(1), http.emptyAuth). A URL with another user
// name does not do it: curl 7.88 sends that name with .netrc's password.
var PastNetrc = Setting{"http.https://bitbucket.org.emptyAuth", "true"}

// Add returns env with settings added. What the person has set that way stays and
// comes first; "-c" on a command line comes last and wins.
func Add(env []string, settings ...Setting) []string {
	present, rest := Split(env)
	return with(rest, append(present, settings...))
}

// Strip returns env without what HelperSettings(helper) added, wherever
// in the list it now stands: a hook may have added settings of its own.
func Strip(env []string, helper string) []string {
	present, rest := Split(env)
	ours := HelperSettings(helper)
	var kept []Setting
	for i := 0; i < len(present); {
		if BeginsWith(present[i:], ours) {
			i += len(ours)
			continue
		}
		kept = append(kept, present[i])
		i++
	}
	if len(kept) == len(present) {
		return env
	}
	return with(rest, kept)
}

// BeginsWith tells whether a list of settings has these at its beginning.
func BeginsWith(list, beginning []Setting) bool {
	return len(list) >= len(beginning) && slices.Equal(list[:len(beginning)], beginning)
}

const (
	countVariable = "GIT_CONFIG_COUNT"
	keyVariable   = "GIT_CONFIG_KEY_"
	valueVariable = "GIT_CONFIG_VALUE_"
)

// Split takes the settings out of an environment. A count that git would refuse is
// left for git to complain about: then there are no settings, and rest is env.
func Split(env []string) (settings []Setting, rest []string) {
	if !slices.ContainsFunc(env, isOurs) {
		return nil, env // nearly always
	}
	count := -1
	values := make(map[string]string)
	for _, v := range env {
		name, value := cut(v)
		switch {
		case name == countVariable:
			var err error
			if count, err = strconv.Atoi(value); err != nil && value != "" {
				return nil, env
			}
		case isEntry(name):
			values[name] = value
		}
	}
	for i := range count {
		n := strconv.Itoa(i)
		key, ok1 := values[keyVariable+n]
		value, ok2 := values[valueVariable+n]
		if !ok1 || !ok2 {
			return nil, env
		}
		settings = append(settings, Setting{key, value})
	}
	for _, v := range env {
		if !isOurs(v) {
			rest = append(rest, v)
		}
	}
	return settings, rest
}

func isOurs(variable string) bool {
	name, _ := cut(variable)
	return name == countVariable || isEntry(name)
}

func isEntry(name string) bool { return begins(name, keyVariable) || begins(name, valueVariable) }

// cut is strings.Cut at the "=" of a variable.
func cut(variable string) (name, value string) {
	for i := range len(variable) {
		if variable[i] == '=' {
			return variable[:i], variable[i+1:]
		}
	}
	return variable, ""
}

// begins is strings.HasPrefix.
func begins(text, with string) bool { return len(text) >= len(with) && text[:len(with)] == with }

// with is env, without settings so far, with them.
func with(rest []string, settings []Setting) []string {
	if len(settings) == 0 {
		return rest
	}
	env := append(make([]string, 0, len(rest)+1+2*len(settings)), rest...)
	env = append(env, countVariable+"="+strconv.Itoa(len(settings)))
	for i, s := range settings {
		n := strconv.Itoa(i)
		env = append(env, keyVariable+n+"="+s.Key, valueVariable+n+"="+s.Value)
	}
	return env
}
