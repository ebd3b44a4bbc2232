package realgit

import (
	"os"
	"path/filepath"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/terminal"
)

// Keeps says in plain words where a helper keeps its credentials.
func (h KeepingHelper) Keeps() string {
	switch h.Name() {
	case "store":
		return "kept in " + terminal.Plain(h.StoreFile())
	case "cache":
		return "kept in git's credential cache"
	case "osxkeychain":
		return "kept in the macOS keychain"
	case "wincred":
		return "kept in Windows' Credential Manager"
	case "libsecret", "gnome-keyring":
		return "kept in the keyring"
	case "manager", "manager-core":
		return "kept by Git Credential Manager"
	}
	return "given by the credential helper \"" + h.Shown() + "\""
}

// Shown is a helper as it can be shown: its first word. A script in the
// configuration, and arguments, may have a password in them.
func (h KeepingHelper) Shown() string {
	name, _, more := strings.Cut(string(h), " ")
	if more {
		name += " …"
	}
	return terminal.Plain(name)
}

// StoredFor counts the passwords that git-credential-store(1) holds for a user
// name at Bitbucket: one for all repositories, most often, but others may stand
// beside it for a path.
func (h KeepingHelper) StoredFor(user string) int {
	text, err := os.ReadFile(AtHome(h.StoreFile()))
	if err != nil {
		return 0
	}
	count := 0
	for line := range strings.Lines(string(text)) {
		if remote, ok := bitbucket.ParseRemote(strings.TrimSpace(line)); ok && remote.User == user {
			count++
		}
	}
	return count
}

// StoreFile is the file that git-credential-store(1) reads, as it is named in
// the configuration.
func (h KeepingHelper) StoreFile() string {
	_, options, _ := strings.Cut(string(h), " ")
	words := strings.Fields(options)
	for i, w := range words {
		if file, ok := strings.CutPrefix(w, "--file="); ok {
			return file
		}
		if w == "--file" && i+1 < len(words) {
			return words[i+1]
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		if _, err := os.Stat(filepath.Join(home, ".git-credentials")); err != nil {
			return "~/.config/git/credentials"
		}
	}
	return "~/.git-credentials"
}
