// Package pattern holds regular expressions that are compiled when they are
// first used. Compiled at the start of the program they would cost every git
// command half a millisecond, and nearly none has a use for one.
package pattern

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression. Its methods are those of regexp.Regexp, and
// panic where the text is not one.
type Pattern struct {
	text     string
	once     sync.Once
	compiled *regexp.Regexp
}

// New is for variables of a package. It is so small that the compiler lays such
// a variable out in the program's file, and nothing is left to do at its start.
func New(text string) *Pattern { return &Pattern{text: text} }

func (p *Pattern) regexp() *regexp.Regexp {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.text) })
	return p.compiled
}

// MatchString is that of regexp.Regexp, as are the others.
func (p *Pattern) MatchString(s string) bool { return p.regexp().MatchString(s) }

func (p *Pattern) FindString(s string) string { return p.regexp().FindString(s) }

func (p *Pattern) FindStringSubmatch(s string) []string { return p.regexp().FindStringSubmatch(s) }

func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.regexp().FindStringSubmatchIndex(s)
}

func (p *Pattern) ReplaceAllString(s, replacement string) string {
	return p.regexp().ReplaceAllString(s, replacement)
}

// Quote returns the pattern that matches just this text.
func Quote(text string) string { return regexp.QuoteMeta(text) }
