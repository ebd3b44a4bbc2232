package realgit

import "strings"

// URLSetting tells whether a key of the configuration holds a URL that git
// connects to, and names it for a person.
func URLSetting(key, value string) (what, url string) {
	section, rest, _ := strings.Cut(key, ".")
	dot := strings.LastIndex(rest, ".")
	if dot < 0 {
		return "", ""
	}
	name, last := rest[:dot], rest[dot+1:]
	switch {
	case section == "remote" && (last == "url" || last == "pushurl"):
		return "remote '" + name + "'", value
	case section == "submodule" && last == "url":
		return "submodule '" + name + "'", value
	case section == "url" && (last == "insteadof" || last == "pushinsteadof"):
		return "url.<base>." + last, name
	}
	return "", ""
}

// InsteadOf does what git does to a URL (git-config(1), url.<base>.insteadOf):
// the longest beginning counts. A pushInsteadOf stands before them, but not for
// an explicit pushurl. rule is nil where none applies.
func InsteadOf(url string, push, explicit bool, entries []Entry) (text string, rule *Entry) {
	if push && !explicit {
		if text, rule = rewritten(url, ".pushinsteadof", entries); rule != nil {
			return text, rule
		}
	}
	return rewritten(url, ".insteadof", entries)
}

func rewritten(url, kind string, entries []Entry) (text string, rule *Entry) {
	text = url
	longest := 0
	for i, e := range entries {
		if !strings.HasPrefix(e.Key, "url.") || !strings.HasSuffix(e.Key, kind) {
			continue
		}
		if rest, ok := strings.CutPrefix(url, e.Value); ok && len(e.Value) > longest {
			longest = len(e.Value)
			text, rule = RuleBase(e.Key)+rest, &entries[i]
		}
	}
	return text, rule
}

// RuleBase is the <base> in the key of such a rule.
func RuleBase(key string) string {
	name, _ := Subsection(key, "url.")
	return name
}

// Subsection takes a key apart: section "remote." and "remote.a.b.url" are "a.b"
// and "url".
func Subsection(key, section string) (name, last string) {
	rest, ok := strings.CutPrefix(key, section)
	dot := strings.LastIndex(rest, ".")
	if !ok || dot < 0 {
		return "", ""
	}
	return rest[:dot], rest[dot+1:]
}
