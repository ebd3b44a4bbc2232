// Package report makes a text about this machine that a person can put into a
// report for everybody to read. It goes by lists of what may be shown; what is on
// none is not shown, or only that it is set. No credential is asked for, and no
// keyring is unlocked.
package report

import (
	"cmp"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
)

// A Section is a title and its points, each of them one line of text.
type Section struct {
	Title  string
	Points []string
	Lines  []string // that are shown as they are, such as a trace
}

// Settings are what git's configuration says about helpers, and the rest of it
// that bears on Bitbucket.
func Settings(entries []realgit.Entry) (helpers, others []string) {
	for _, e := range entries {
		where := e.Scope
		if file := terminal.Plain(realgit.ShownPath(e.File())); strings.HasPrefix(file, "~/.") || strings.HasPrefix(file, "/etc/") {
			where += ", " + file // what others are called is nobody's business
		}
		switch {
		case realgit.NamesHelper(e.Key):
			helpers = append(helpers, Setting(e)+" ("+where+")")
		case concerns(e.Key):
			others = append(others, Setting(e)+" ("+where+")")
		}
	}
	return helpers, others
}

// Gits are the programs called git in a PATH, in its order, and those called
// bbgit. program is this one.
func Gits(path, program string) (points []string) {
	self, _ := os.Stat(program)
	for _, name := range []string{"git", "bbgit"} {
		for _, folder := range filepath.SplitList(path) {
			for _, ending := range endings() {
				file := filepath.Join(folder, name+ending)
				info, err := os.Stat(file)
				if err != nil || info.IsDir() || !filepath.IsAbs(folder) {
					continue
				}
				point := name + " in PATH: " + terminal.Plain(realgit.ShownPath(file))
				if self != nil && os.SameFile(info, self) {
					point += ", which is this bbgit"
				}
				points = append(points, point)
			}
		}
	}
	return points
}

func endings() []string {
	if runtime.GOOS == "windows" {
		return []string{".exe", ".cmd", ".bat"}
	}
	return []string{""}
}

// System is the name of the operating system, as it has written it down itself.
func System() string {
	text, err := os.ReadFile("/etc/os-release") // os-release(5)
	if err != nil {
		return runtime.GOOS
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "PRETTY_NAME="); ok {
			return cmp.Or(terminal.Plain(strings.Trim(strings.TrimSpace(value), `"'`)), runtime.GOOS)
		}
	}
	return runtime.GOOS
}

// Secrets are what must not be in a report under any circumstances, as far as it
// can be known without asking anybody: the passwords of an environment and of
// git's configuration.
func Secrets(env []string, entries []realgit.Entry) (all []secret.Secret) {
	for _, v := range env {
		name, value, _ := strings.Cut(v, "=")
		if upper := strings.ToUpper(name); strings.Contains(upper, "TOKEN") || strings.Contains(upper, "PASSW") || strings.Contains(upper, "SECRET") {
			all = append(all, long(value)...)
		}
		all = append(all, password(value)...)
	}
	for _, e := range entries {
		all = append(all, password(e.Key)...)
		all = append(all, password(e.Value)...)
	}
	return all
}

// password is the one in a URL.
func password(text string) []secret.Secret {
	_, rest, found := strings.Cut(text, "://")
	who, _, named := cutLast(rest, "@")
	_, word, has := strings.Cut(who, ":")
	if !found || !named || !has {
		return nil
	}
	return long(word)
}

// leastSecret is the length from which a secret is looked for in a text: a
// shorter one would be found in ordinary words.
const leastSecret = 5

func long(text string) []secret.Secret {
	if len(text) < leastSecret {
		return nil
	}
	return []secret.Secret{secret.New(text)}
}
