package doctor

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
)

// A Clone is one repository on this machine, with the configuration that is its
// own.
type Clone struct {
	Path  string // top of the working tree; of a bare repository, itself
	Files []File
}

// A File is one of configuration.
type File struct {
	Path    string
	Of      string // for a person: " of submodule 'lib'"
	Tracked bool   // under version control: it belongs to more than this person
	Entries []realgit.Entry
}

// entries are all of the clone's own.
func (c Clone) entries() []realgit.Entry {
	var all []realgit.Entry
	for _, f := range c.Files {
		if !f.Tracked && f.Of == "" {
			all = append(all, f.Entries...)
		}
	}
	return all
}

// here is the clone that a folder belongs to, and what git has for all clones.
// ok is false outside of any.
func here(ctx context.Context, g *realgit.Git) (machine []realgit.Entry, c Clone, ok bool) {
	entries, _ := g.Settings(ctx)
	var own []realgit.Entry
	for _, e := range entries {
		if e.Scope == "local" || e.Scope == "worktree" {
			own = append(own, e)
		} else {
			machine = append(machine, e)
		}
	}
	repository, err := g.Repository(ctx)
	if err != nil {
		return machine, Clone{}, false
	}
	top, err := g.Top(ctx)
	if err != nil {
		top = repository
	}
	c = readClone(ctx, g, top, repository)
	c.include(own)
	return machine, c, true
}

// include adds the files that those of the clone include.
func (c *Clone) include(entries []realgit.Entry) {
	read := len(c.Files)
	for _, e := range entries {
		file := e.File()
		if file == "" || slices.ContainsFunc(c.Files[:read], func(f File) bool { return sameFiles(f.Path, file) }) {
			continue
		}
		e.Scope = ""
		i := slices.IndexFunc(c.Files[read:], func(f File) bool { return f.Path == file })
		if i < 0 {
			i = len(c.Files) - read
			c.Files = append(c.Files, File{Path: file})
		}
		c.Files[read+i].Entries = append(c.Files[read+i].Entries, e)
	}
}

// readClone reads what is in the clone at top, whose repository lies in a folder
// of its own: ".git", as a rule.
func readClone(ctx context.Context, g *realgit.Git, top, repository string) Clone {
	c := Clone{Path: top}
	add := func(f File) {
		f.Entries = readFile(ctx, g, f.Path)
		if len(f.Entries) > 0 {
			c.Files = append(c.Files, f)
		}
	}
	add(File{Path: filepath.Join(repository, "config")})
	add(File{Path: filepath.Join(repository, "config.worktree")})
	more, _ := filepath.Glob(filepath.Join(escaped(repository), "worktrees", "*", "config.worktree"))
	for _, path := range more {
		add(File{Path: path})
	}
	for _, m := range realgit.Modules(repository) {
		add(File{Path: m.Config, Of: " of submodule '" + m.Name + "'"})
	}
	if top != repository {
		add(File{Path: filepath.Join(top, ".gitmodules"), Tracked: true})
	}
	return c
}

// escaped is a path for filepath.Glob, which has characters of its own.
func escaped(path string) string {
	if os.PathSeparator == '\\' {
		return path // there is no escape on Windows, and few such names
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// telling are the words without which a file of configuration has nothing to do
// with Bitbucket. Most have none of them, and git need not be started for those.
var telling = []string{bitbucket.Host, "insteadof", "extraheader", "sslverify", "sslcainfo", "credential", "proxy"}

// longestConfig is more than any file of configuration has, in bytes.
const longestConfig = 4 << 20

// readFile reads one file, through git. It follows no include, which may lead
// anywhere.
func readFile(ctx context.Context, g *realgit.Git, path string) []realgit.Entry {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > longestConfig {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil || !tells(strings.ToLower(string(text))) {
		return nil
	}
	entries, err := g.SettingsOf(ctx, path)
	if err != nil {
		return nil
	}
	for i := range entries {
		entries[i].Scope = "" // so that a command to type names the file
	}
	return entries
}

func tells(text string) bool {
	for _, word := range telling {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// remotes are the URLs of a clone that lead to Bitbucket over HTTPS, or should,
// with the person's rules applied, as git does.
func (f Facts) remotes(c Clone) (list []bitbucket.Remote) {
	entries := append(f.Settings[:len(f.Settings):len(f.Settings)], c.entries()...)
	for _, e := range c.entries() {
		_, last := realgit.Subsection(e.Key, "remote.")
		if last != "url" && last != "pushurl" {
			continue
		}
		url, _ := realgit.InsteadOf(e.Value, last == "pushurl", true, entries)
		remote, ok := bitbucket.ParseRemote(url)
		if !ok {
			remote, ok = bitbucket.ParsePlain(url)
		}
		if ok && remote.Repository != (bitbucket.Repository{}) {
			list = append(list, remote)
		}
	}
	return list
}

// usesBitbucket tells whether any URL of a clone leads there.
func (f Facts) usesBitbucket(c Clone) bool {
	if len(f.remotes(c)) > 0 {
		return true
	}
	for _, e := range c.entries() {
		if remote, ok := bitbucket.ParseSSHRemote(e.Value); ok && bitbucket.ServesSSH(remote.Host) {
			return true
		}
	}
	return false
}

// somewhere is a repository to ask about a credential for a user name: one whose
// URL names that user, else any.
func (f Facts) somewhere(user string) bitbucket.Repository {
	var first bitbucket.Repository
	for _, c := range f.Clones {
		for _, remote := range f.remotes(c) {
			if user != "" && remote.User == user {
				return remote.Repository
			}
			if first == (bitbucket.Repository{}) {
				first = remote.Repository
			}
		}
	}
	for _, t := range f.Keyring.Items {
		for _, place := range t.Worked {
			if first == (bitbucket.Repository{}) {
				first = bitbucket.RepositoryOf(place)
			}
		}
	}
	return first
}
