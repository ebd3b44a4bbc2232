package realgit

import (
	"strings"
	"testing"
)

func TestKeeps(t *testing.T) {
	t.Parallel()
	for helper, want := range map[KeepingHelper]string{
		"store --file ~/x":   "~/x",
		"store --file=/a/b":  "/a/b",
		"cache --timeout 60": "credential cache",
		"osxkeychain":        "macOS keychain",
		"manager":            "Git Credential Manager",
		"/usr/lib/git-core/git-credential-libsecret": "keyring",
		"C:/Git/git-credential-manager.exe":          "Git Credential Manager",
		"wincred":                                    "Credential Manager",
		"!f() { echo password=x; }; f":               "\"!f() …\"",
		"mine":                                       "\"mine\"",
		"!evil \x1b[31m":                             "\"!evil …",
	} {
		if got := helper.Keeps(); !strings.Contains(got, want) || strings.ContainsAny(got, "\x1b=") {
			t.Errorf("%s is %q", helper, got)
		}
	}
}
