package report

import (
	"slices"
	"strings"

	"bbgit/auth/secret"
)

// shown are variables whose values say something of a terminal or of a language.
var shown = []string{
	"TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLUMNS", "BBGIT_LEVEL",
	"GIT_TERMINAL_PROMPT", "GIT_CONFIG_COUNT", "GIT_CONFIG_NOSYSTEM", "GCM_INTERACTIVE", "XDG_SESSION_TYPE", "WSL_DISTRO_NAME",
}

// told are variables of which it matters only that they are set.
var told = []string{
	"NO_COLOR", "SSH_ASKPASS", "SSH_CONNECTION", "SSH_AUTH_SOCK", "DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY", "CI", "MSYSTEM",
	"DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "NETRC", "CURL_HOME", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR",
}

// Variables are those of an environment that bear on bbgit: with their values
// where these cannot be secret, and the names of the others.
func Variables(env []string) (values, names []string) {
	for _, v := range env {
		name, value, _ := strings.Cut(v, "=")
		switch {
		case value == "" || !aWord.MatchString(name):
		case slices.Contains(shown, name) && aWord.MatchString(value) && secret.Scrub(value) == value:
			values = append(values, name+" is "+value)
		case slices.Contains(shown, name), slices.Contains(told, name), slices.ContainsFunc([]string{"GIT_", "GCM_", "BBGIT_"}, func(p string) bool { return strings.HasPrefix(name, p) }),
			strings.HasSuffix(strings.ToLower(name), "_proxy"):
			names = append(names, name)
		}
	}
	slices.Sort(values)
	slices.Sort(names)
	return values, names
}
