package words

import (
	"strings"
	"testing"

	"bbgit/auth/bitbucket"
)

// setupSayings are about git asking bbgit by itself.
func setupSayings(s Style) map[string]string {
	lines := []string{`[credential "https://bitbucket.org"]`, "\thelper =", "\thelper = \"!'/home/you/go/bin/bbgit' bitbucket helper\"", "\tuseHttpPath = true"}
	return map[string]string{
		"setup-offered":       s.SetupOffered("~/.gitconfig"),
		"setup-later":         s.SetupLater(),
		"setup-writes":        s.SetupWrites("~/.gitconfig", lines),
		"setup-failed":        s.SetupFailed("~/.gitconfig cannot be changed: permission denied"),
		"other-is-told":       s.OtherIsTold("store", "git config --unset-all credential.helper"),
		"other-is-told-typed": s.OtherIsTold("store", ""),
	}
}

// Programs that know git's prompts look for three words, the last of which is an
// address in quotes; the others show all of it.
func TestDialogPrompt(t *testing.T) {
	t.Parallel()
	for _, again := range []bool{false, true} {
		words := strings.Fields(DialogPrompt(true, again))
		if len(words) != 3 || words[0] != "Password" || words[1] != "for" || !strings.HasPrefix(words[2], "'https://bitbucket.org/#") || !strings.HasSuffix(words[2], bitbucket.TokenPage+"':") {
			t.Errorf("%q", words)
		}
		if plain := DialogPrompt(false, again); !strings.Contains(plain, "API token for bitbucket.org") || !strings.HasSuffix(plain, bitbucket.TokenPage+": ") || strings.Contains(plain, "refused") != again {
			t.Errorf("%q", plain)
		}
	}
}
