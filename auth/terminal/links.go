package terminal

import (
	"slices"
	"strconv"
	"strings"
)

// Link returns url as text that can be printed: with OSC 8 around it where the terminal turns that into a link, else
// just url. The visible text is url in both cases, so that it can be selected, copied, and judged before a click.
func (t *Terminal) Link(url string) string {
	if !t.links || !isPlainURL(url) {
		return Plain(url)
	}
	const open, end = "\x1b]8;;", "\x1b\\"
	return open + url + end + url + open + end
}

// isPlainURL reports whether url may stand in an escape sequence: printable ASCII only, as the OSC 8 document demands.
func isPlainURL(url string) bool {
	for i := range len(url) {
		if url[i] <= ' ' || url[i] > '~' {
			return false
		}
	}
	return url != ""
}

// knowsLinks reports whether the terminal is known to understand OSC 8. There is no way to ask one, and some old
// ones print the sequence as rubbish, so only known names count.
func knowsLinks(getenv func(string) string) bool {
	name := getenv("TERM")
	switch {
	case name == "dumb", getenv("NO_COLOR") != "":
		return false
	case getenv("TMUX") != "", getenv("STY") != "", hasAnyPrefix(name, "tmux", "screen"):
		// A multiplexer inherits the variables of the terminal it was started in, and may be looked at from another.
		return false
	case getenv("WT_SESSION") != "", getenv("DOMTERM") != "", getenv("KITTY_WINDOW_ID") != "":
		return true
	case hasAnyPrefix(name, "xterm-kitty", "xterm-ghostty", "foot"):
		return true
	case slices.Contains([]string{"iTerm.app", "WezTerm", "vscode", "ghostty"}, getenv("TERM_PROGRAM")):
		return true
	}
	// VTE, the widget in GNOME Terminal and many others: since 0.50, whose very first release crashed on links.
	version, err := strconv.Atoi(getenv("VTE_VERSION"))
	return err == nil && version > 5000
}

func hasAnyPrefix(text string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(text, p) })
}
