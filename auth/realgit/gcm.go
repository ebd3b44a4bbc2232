package realgit

import (
	"context"
	"strings"

	"bbgit/auth/envconfig"
	"bbgit/auth/pattern"
)

// IsGCM tells that a helper is Git Credential Manager, which signs people in
// through the browser and keeps what comes of it.
func (h KeepingHelper) IsGCM() bool {
	switch h.Name() {
	case "manager", "manager-core":
		return true
	}
	return false
}

// WithoutWindows makes GCM answer from what it keeps, and not open a window
// (https://github.com/git-ecosystem/git-credential-manager, docs/environment.md).
const WithoutWindows = "GCM_INTERACTIVE=never"

// DecidesOnWindows tells that the person has decided whether GCM may open one.
func DecidesOnWindows(env []string) bool {
	for _, v := range env {
		if strings.HasPrefix(v, "GCM_INTERACTIVE=") {
			return true
		}
	}
	return false
}

var firstNumber = pattern.New(`^[0-9]+(\.[0-9]+)*`)

// GCMVersion asks GCM for its version: "2.6.1". It is "" where it does not tell.
func (g *Git) GCMVersion(ctx context.Context, helper KeepingHelper) string {
	// An alias starts whatever git would start for the helper: a word for git,
	// or a path with git's quoting.
	alias := envconfig.Set("alias.bbgit-version", "!"+helper.commandLine()+" --version")
	output, err := g.run(ctx, localTime, nil, []envconfig.Setting{alias}, "bbgit-version")
	if err != nil {
		return ""
	}
	return firstNumber.FindString(strings.TrimSpace(string(output)))
}

// OldGCM tells that a version signs in at Bitbucket in a way that Bitbucket has
// switched off: all before 3.0.0.
func OldGCM(version string) bool {
	major, _, _ := strings.Cut(version, ".")
	return major == "0" || major == "1" || major == "2"
}
