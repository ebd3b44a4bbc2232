package doctor

import (
	"strings"

	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
)

// gcmSettings are the settings of Git Credential Manager that decide what it does
// about Bitbucket (its docs/configuration.md). "provider" can make it treat
// Bitbucket as any other host; the oauth ones are for a sign-in of one's own.
var gcmSettings = []string{
	"provider", "bitbucketauthmodes", "bitbucketalwaysrefreshcredentials", "bitbucketvalidatestoredcredentials",
	"bitbucketdevoauthclientid", "bitbucketdevoauthclientsecret", "bitbucketdevoauthredirecturi",
	"oauthclientid", "oauthclientsecret", "oauthauthorizeendpoint", "oauthtokenendpoint", "oauthscopes",
	"interactive", "credentialstore", "namespace",
}

// secretSettings have a value that is not to be shown.
func secretSetting(name string) bool { return strings.Contains(name, "secret") }

// judgeGCM tells the settings of Git Credential Manager that concern Bitbucket,
// where it is among the helpers.
func judgeGCM(f Facts) []Finding {
	used := false
	for _, h := range f.Helpers {
		used = used || h.value().IsGCM()
	}
	if !used {
		return nil
	}
	var all []Finding
	for _, e := range f.allSettings() {
		name, ok := gcmSetting(e.Key)
		if !ok {
			continue
		}
		value := terminal.Plain(e.Value)
		if secretSetting(name) {
			value = "****"
		}
		found := find("gcm", Note, e.File(), "Git Credential Manager is told %s = %s (in %s).", terminal.Plain(e.Key), value, origin(e))
		if signsInOnly(name, e.Value) {
			found = find("gcm", Attention, e.File(), "Git Credential Manager may sign in to Bitbucket by %s only (%s, in %s), and so takes no API token.",
				value, terminal.Plain(e.Key), origin(e)).with(terminal.Plain(realgit.TakeOut(e, f.Settings, "")))
		}
		all = append(all, found)
	}
	return all
}

// updateGCM is the command that brings a newer one (its docs/install.md).
func updateGCM(system string) string {
	switch system {
	case "windows":
		return "git update-git-for-windows"
	case "darwin":
		return "brew upgrade --cask git-credential-manager"
	}
	return "xdg-open https://github.com/git-ecosystem/git-credential-manager/releases/latest"
}

// gcmSetting tells whether a key sets one of these for Bitbucket, and which.
func gcmSetting(key string) (name string, ok bool) {
	for _, name := range gcmSettings {
		if realgit.ConcernsBitbucket(key, "credential", name) {
			return name, true
		}
	}
	return "", false
}

// signsInOnly tells that the modes leave out the one that takes a token, "basic".
func signsInOnly(name, value string) bool {
	return name == "bitbucketauthmodes" && value != "" && !strings.Contains(strings.ToLower(value), "basic")
}

// allSettings are those for all clones, and those of each.
func (f Facts) allSettings() []realgit.Entry {
	all := f.Settings[:len(f.Settings):len(f.Settings)]
	for _, c := range f.Clones {
		all = append(all, c.entries()...)
	}
	return all
}

// origin is where a setting stands, for a person.
func origin(e realgit.Entry) string {
	if file := e.File(); file != "" {
		return shown(file)
	}
	return terminal.Plain(strings.TrimSuffix(e.Origin, ":"))
}
