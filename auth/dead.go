package auth

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/netrc"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// deadEntry is a credential that Bitbucket has refused, in a helper of the
// person's. It is cleared away when a new token works, and not before.
type deadEntry struct {
	owner   realgit.KeepingHelper
	message credential.Message
	request request
}

// noteDeadHelper remembers a refused credential and finds out who keeps it.
func (s *session) noteDeadHelper(ctx context.Context, r request, o offer, answer bitbucket.Answer) {
	owner, found := s.owner(ctx, r, o)
	held := ""
	if found {
		held = heldBy(owner)
	}
	s.noteRefused(refusal{offer: o, answer: answer, held: held, from: r})
	if found {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.dead = append(s.dead, deadEntry{owner: owner, message: reject(r.message, o), request: r})
	}
}

// clearHelpers has the person's helpers forget what Bitbucket has refused, and
// tells whether there was anything to forget.
func (s *session) clearHelpers(ctx context.Context) bool {
	s.mu.Lock()
	dead := s.dead
	s.dead = nil
	s.mu.Unlock()
	cleared := false
	for _, d := range dead {
		if d.owner.Name() == "store" && storedFor(string(d.owner), d.message.Get("username")) > 1 {
			// Git 2.39's store would forget all of them, the good ones as well.
			s.tell(func(style words.Style) string { return style.HelperNotCleaned(heldBy(d.owner)) })
			continue
		}
		done, err := s.quietGit(d.request).RejectAt(ctx, d.owner, d.message)
		cleared = cleared || done && err == nil
	}
	return cleared
}

// heldBy says in plain words where a helper keeps its credentials.
func heldBy(helper realgit.KeepingHelper) string {
	_, rest, _ := strings.Cut(string(helper), " ")
	switch helper.Name() {
	case "store":
		return "kept in " + storeFile(rest)
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
	return "given by the credential helper \"" + named(helper) + "\""
}

// named is a helper as it can be shown: its first word. A script in the
// configuration, and arguments, may have a password in them.
func named(helper realgit.KeepingHelper) string {
	name, _, more := strings.Cut(string(helper), " ")
	if more {
		name += " …"
	}
	return terminal.Plain(name)
}

// storedFor counts the passwords that git-credential-store(1) holds for a user
// name at Bitbucket: one for all repositories, most often, but others may stand
// beside it for a path.
func storedFor(helper, user string) int {
	_, options, _ := strings.Cut(helper, " ")
	file := storeFile(options)
	if home, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(file, "~/"); ok {
			file = filepath.Join(home, rest)
		}
	}
	text, err := os.ReadFile(file)
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

// storeFile is the file that git-credential-store(1) reads.
func storeFile(options string) string {
	words := strings.Fields(options)
	for i, w := range words {
		if file, ok := strings.CutPrefix(w, "--file="); ok {
			return terminal.Plain(file)
		}
		if w == "--file" && i+1 < len(words) {
			return terminal.Plain(words[i+1])
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		if _, err := os.Stat(filepath.Join(home, ".git-credentials")); err != nil {
			return "~/.config/git/credentials"
		}
	}
	return "~/.git-credentials"
}

// netrcEntry is what curl would send to Bitbucket before git asks anybody, if
// it is of a kind that Bitbucket has switched off. A token in there works, and
// is left alone.
func netrcEntry() (netrc.Entry, bool) {
	home, err := os.UserHomeDir()
	if err != nil {
		return netrc.Entry{}, false
	}
	entry, found, err := netrc.Lookup(home, bitbucket.Host)
	return entry, err == nil && found && entry.Password != "" && bitbucket.KindOf(entry.Password).Retired()
}

// netrcCredential is what .netrc holds, where git was told not to use it by
// itself. It is shown to Bitbucket first.
func (s *session) netrcCredential(ctx context.Context, r request) (offer, bool) {
	entry, ok := netrcEntry()
	if !ok || r.user != "" && r.user != entry.Login {
		return offer{}, false
	}
	o := offer{source: fromNetrc, userName: entry.Login, secret: secret.New(entry.Password)}
	if s.wasRefused(o.secret) {
		return offer{}, false
	}
	finding := s.check(ctx, r, o, bitbucket.Read)
	if !finding.Answer.Refused() {
		return o, true
	}
	s.noteRefused(refusal{offer: o, answer: finding.Answer, held: "in ~/" + filepath.Base(entry.File), from: r})
	s.mu.Lock()
	s.deadNetrc = &entry
	s.mu.Unlock()
	return offer{}, false
}

func (s *session) hasNobody() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.nobody != nil
}

// nobodyLine tells what to do, where a question had nobody to go to.
func (s *session) nobodyLine() string {
	need := s.needs()
	s.mu.Lock()
	defer s.mu.Unlock()
	style := words.Style{}
	if s.envBad != (bitbucket.Repository{}) {
		return style.EnvTokenRefused(s.envAnswer, need, s.envBad)
	}
	if s.nobody == nil {
		return ""
	}
	return style.NobodyToAsk(*s.nobody) + s.obstacles.helpersFailed(style)
}
