package secret

import (
	"strings"

	"bbgit/auth/pattern"
)

// Scrub hides what looks like a secret in a text that somebody else has written and that a person may show to others:
// a command line, a line of configuration, a trace. It hides too much rather than too little, and it is no licence to
// put a secret in: what looks like an ordinary word cannot be told from one.
func Scrub(text string) string {
	for _, rule := range scrubbing {
		text = rule.pattern.ReplaceAllString(text, rule.instead)
	}
	return text
}

// Without replaces these secrets, where they stand in a text as they are. The empty one stands nowhere.
func Without(text string, secrets ...Secret) string {
	for _, s := range secrets {
		if !s.IsZero() {
			text = strings.ReplaceAll(text, s.Reveal(), hidden)
		}
	}
	return text
}

const (
	names = `pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key`
	value = `(?:"[^"]*"|'[^']*'|\S+)`
)

type scrubRule struct {
	pattern *pattern.Pattern
	instead string
}

var scrubbing = []scrubRule{
	// Who is named in a URL, password or not: a token may stand in the place of the user name. A password may have
	// slashes, quotes and another @ in it, as people paste them unescaped; so all goes up to the last @ of the word.
	{pattern.New(`([A-Za-z][A-Za-z0-9+.-]*://)\S*@`), "${1}" + hidden + "@"},
	// Headers.
	{pattern.New(`(?i)((?:proxy-)?authorization\s*[:=]\s*).*`), "${1}" + hidden},
	{pattern.New(`(?i)\b(bearer|basic|negotiate)\s+[A-Za-z0-9+/=._~-]{6,}`), "${1} " + hidden},
	{pattern.New(`(?i)((?:set-)?cookie\s*[:=]\s*).*`), "${1}" + hidden},
	// Names that say that a secret follows: "token=x", "PASSWD: x", "--password x", "-p x".
	{pattern.New(`(?i)((?:` + names + `)["']?\s*[:=]\s*)` + value), "${1}" + hidden},
	{pattern.New(`(?i)(\s(?:--?[a-z-]*(?:` + names + `)|-p)\s+)` + value), "${1}" + hidden},
	// Tokens of Bitbucket, GitHub, GitLab and others, which tell themselves by their beginnings.
	{pattern.New(`\b(?:ATATT|ATCTT|ATBB|BBDC-|gh[pousr]_|github_pat_|glpat-|xox[a-z]-|AKIA|eyJ)[A-Za-z0-9_=.\-]{8,}`), hidden},
}
