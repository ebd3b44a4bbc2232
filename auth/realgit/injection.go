// Package realgit asks the real git for what only git knows: the credentials
// that the person's own helpers keep, configuration, and what Bitbucket answers
// to a credential. Every call has a time-out and asks nobody anything.
package realgit

import (
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// Keys of the configuration that puts our helper first in line, for Bitbucket
// alone (gitcredentials(7)): an empty value drops the helpers named before,
// which we ask ourselves, and the path tells which repository is meant.
const (
	helperKey  = "credential.https://bitbucket.org.helper"
	useHTTPKey = "credential.https://bitbucket.org.useHttpPath"
)

// HelperCommand is the value for credential.helper that runs this program.
// A bare absolute path would break on spaces; a leading "!" makes git hand the
// rest to sh, on Windows to the one that comes with git.
func HelperCommand(program string) string {
	if runtime.GOOS == "windows" {
		program = filepath.ToSlash(program)
	}
	return "!" + Quoted(program) + " bitbucket helper"
}

// ProgramOf is the path in a value of HelperCommand's, "" where it is no such.
func ProgramOf(helper string) string {
	rest, begins := strings.CutPrefix(helper, "!'")
	word, ends := strings.CutSuffix(rest, "' bitbucket helper")
	if !begins || !ends {
		return ""
	}
	return filepath.FromSlash(strings.ReplaceAll(word, `'\''`, "'"))
}

// Setting is a line of configuration.
type Setting struct{ Key, Value string }

// HelperSettings make git ask helper, and only helper, about Bitbucket.
func HelperSettings(helper string) []Setting {
	return []Setting{{helperKey, ""}, {helperKey, helper}, {useHTTPKey, "true"}}
}

// PastNetrc keeps curl from sending what .netrc holds for Bitbucket: with an
// empty user name and password set, it does not look there, and git asks its
// helpers after the 401 (git-config(1), http.emptyAuth). A URL with another user
// name does not do it: curl 7.88 sends that name with .netrc's password.
var PastNetrc = Setting{"http.https://bitbucket.org.emptyAuth", "true"}

// Inject returns env with settings added for one run (git-config(1),
// GIT_CONFIG_COUNT). What the person has set that way stays and comes first;
// "-c" on a command line comes last and wins.
func Inject(env []string, settings ...Setting) []string {
	present, rest := injected(env)
	return withInjected(rest, append(present, settings...))
}

// Strip returns env without what HelperSettings(helper) added, wherever
// in the list it now stands: a hook may have added settings of its own.
func Strip(env []string, helper string) []string {
	present, rest := injected(env)
	ours := HelperSettings(helper)
	var kept []Setting
	for i := 0; i < len(present); {
		if startsWith(present[i:], ours) {
			i += len(ours)
			continue
		}
		kept = append(kept, present[i])
		i++
	}
	if len(kept) == len(present) {
		return env
	}
	return withInjected(rest, kept)
}

func startsWith(list, beginning []Setting) bool {
	if len(list) < len(beginning) {
		return false
	}
	for i := range beginning {
		if list[i] != beginning[i] {
			return false
		}
	}
	return true
}

const (
	countVariable = "GIT_CONFIG_COUNT="
	keyVariable   = "GIT_CONFIG_KEY_"
	valueVariable = "GIT_CONFIG_VALUE_"
)

// injected takes the settings of GIT_CONFIG_COUNT out of an environment. A
// count that git would refuse is left for git to complain about: then there
// are no settings, and rest is env.
func injected(env []string) (settings []Setting, rest []string) {
	if !slices.ContainsFunc(env, isInjection) {
		return nil, env // nearly always
	}
	count := -1
	values := make(map[string]string)
	for _, v := range env {
		if n, ok := strings.CutPrefix(v, countVariable); ok {
			var err error
			if count, err = strconv.Atoi(n); err != nil && n != "" {
				return nil, env
			}
		} else if ours(v) {
			name, value, _ := strings.Cut(v, "=")
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
		if !isInjection(v) {
			rest = append(rest, v)
		}
	}
	return settings, rest
}

func isInjection(variable string) bool {
	return strings.HasPrefix(variable, countVariable) || ours(variable)
}

func ours(variable string) bool {
	return strings.HasPrefix(variable, keyVariable) || strings.HasPrefix(variable, valueVariable)
}

func withInjected(rest []string, settings []Setting) []string {
	if len(settings) == 0 {
		return rest
	}
	env := append(make([]string, 0, len(rest)+1+2*len(settings)), rest...)
	env = append(env, countVariable+strconv.Itoa(len(settings)))
	for i, s := range settings {
		n := strconv.Itoa(i)
		env = append(env, keyVariable+n+"="+s.Key, valueVariable+n+"="+s.Value)
	}
	return env
}
