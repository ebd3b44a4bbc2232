package auth

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
)

// A submodule has a repository, and so a configuration, of its own: in the folder
// modules of its superproject's, whose configuration knows it as well. In a fresh
// clone that is the configuration of neither the person nor the command.

// configFile is a file of configuration that "git config --list" does not show
// to the command.
type configFile struct {
	path    string
	of      string // for a person: " of submodule 'lib'"
	tracked bool   // under version control: it belongs to more than this person
}

// otherFiles are those of submodules and of a fresh clone.
func (r *Run) otherFiles(ctx context.Context) []configFile {
	var files []configFile
	here := r.requestFor(bitbucket.Remote{})
	if repository, err := r.session.git(here).Repository(ctx); err == nil {
		files = append(files, takenIn(repository)...)
		files = append(files, r.listed(ctx, r.session.git(here))...)
	}
	plain, _ := circumstances{aliases: r.aliases(ctx)}.expand(r.command)
	folder := readClone(plain.rest()).folder
	if plain.Word != "clone" || folder == "" || !r.isClone(folder) {
		return files
	}
	g := r.session.git(here)
	g.Global = append(g.Global[:len(g.Global):len(g.Global)], "-C", folder)
	repository, err := g.Repository(ctx)
	if err != nil {
		return files
	}
	files = append(files, configFile{path: filepath.Join(repository, "config")})
	files = append(files, takenIn(repository)...)
	return append(files, r.listed(ctx, g)...)
}

// takenIn are the configurations of a repository's submodules.
func takenIn(repository string) []configFile {
	var files []configFile
	for _, m := range realgit.Modules(repository) {
		files = append(files, configFile{path: m.Config, of: " of submodule '" + m.Name + "'"})
	}
	return files
}

// listed is the file that names the submodules, at the top of the working tree.
func (r *Run) listed(ctx context.Context, g *realgit.Git) []configFile {
	top, err := g.Top(ctx)
	if err != nil {
		return nil
	}
	return []configFile{{path: filepath.Join(top, ".gitmodules"), tracked: true}}
}

// urlsOf are the URLs with a secret for Bitbucket in such a file.
func (r *Run) urlsOf(ctx context.Context, f configFile) []embedded {
	text, err := os.ReadFile(f.path)
	if err != nil || !strings.Contains(strings.ToLower(string(text)), "@"+bitbucket.Host) {
		return nil // most are so, and git need not be asked
	}
	entries, err := r.session.git(r.requestFor(bitbucket.Remote{})).SettingsOf(ctx, f.path)
	if err != nil {
		return nil
	}
	var found []embedded
	for _, e := range entries {
		what, value := realgit.URLSetting(e.Key, e.Value)
		if remote, ok := bitbucket.ParseRemote(value); ok && remote.Secret != "" && what != "" {
			found = append(found, embedded{
				what: terminal.Plain(what + f.of), file: f.path, key: e.Key, remote: remote,
				submodule: f.of != "", tracked: f.tracked,
			})
		}
	}
	return found
}
