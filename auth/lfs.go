package auth

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/netrc"
	"bbgit/auth/realgit"
	"bbgit/auth/words"
)

// Git-lfs asks git for a credential only when a server answers 401, and then
// notes that in the repository's configuration (lfs.<url>.access). At a 403 it
// gives up (measured with 3.3). And it reads .netrc by itself: what stands there
// goes before all helpers, and http.emptyAuth changes nothing. Its requests are in
// no trace, so that all that is seen of both is that git-lfs was at work, in a
// command that failed although Bitbucket took git's credential.

// lfsFailure is what a command failed at.
type lfsFailure struct {
	place      Command // a command line of git in that repository, to be given a word
	repository bitbucket.Repository
	netrc      netrc.Entry // a dead password that git-lfs has sent; zero where it was not asked to sign in
}

// lfsFailure tells whether git-lfs was turned away without having signed in.
func (r *Run) lfsFailure(ctx context.Context) (f lfsFailure, found bool) {
	exchanges := r.exchanges()
	if len(exchanges) == 0 {
		return lfsFailure{}, false
	}
	f.repository = bitbucket.RepositoryOf(exchanges[len(exchanges)-1].Path)
	if !r.session.hasAccepted(f.repository) {
		return lfsFailure{}, false // whoever may read without a name need not sign in
	}
	plain, _ := circumstances{aliases: r.aliases(ctx)}.expand(r.command)
	f.place = plain.instead("config")
	if line := readClone(plain.rest()); plain.Word == "clone" {
		f.place = plain.inside(line.folder, "config")
	}
	g := r.session.git(r.requestFor(bitbucket.Remote{}))
	g.Global = f.place.Args[:f.place.At]
	repository, err := g.Repository(ctx)
	if err != nil {
		return lfsFailure{}, false
	}
	if _, err := os.Stat(filepath.Join(repository, "lfs")); err != nil {
		return lfsFailure{}, false
	}
	if entry, ok := netrcEntry(); ok {
		f.netrc = entry
		return f, true
	}
	entries, err := g.Settings(ctx)
	return f, err == nil && !slices.ContainsFunc(entries, setsAccess)
}

// setsAccess tells that git-lfs was told how to sign in, or has found out.
func setsAccess(e realgit.Entry) bool {
	key := strings.ToLower(e.Key)
	return strings.HasPrefix(key, "lfs.") && strings.HasSuffix(key, ".access") &&
		(key == "lfs.access" || strings.Contains(key, bitbucket.Host))
}

// hasAccepted tells that Bitbucket took a credential for a repository.
func (s *session) hasAccepted(where bitbucket.Repository) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.served, func(a acceptance) bool { return a.repository.Folded() == where.Folded() })
}

// signIn is the command that makes git-lfs sign in unasked, as it does itself
// once it has seen a 401.
func (f lfsFailure) signIn() Command {
	c := f.place
	c.Args = append(slices.Clone(c.Args), "lfs."+f.repository.URL()+"/info/lfs.access", "basic")
	return c
}

// mendLFS makes git-lfs sign in, and carries the command through: where that is
// a matter of what is missing. A pull or a merge has left files half written, and
// nobody but the person knows which to keep.
func (r *Run) mendLFS(ctx context.Context, end End) (next *Next, found bool) {
	f, found := r.lfsFailure(ctx)
	if !found {
		return nil, false
	}
	s := r.session
	first, then := f.signIn(), repeat(r.command, r.circumstances(ctx, end))
	if f.netrc.Password != "" {
		line := r.shownLine(then.command)
		s.tell(func(style words.Style) string {
			return style.LFSReadsNetrc(f.repository, "~/"+filepath.Base(f.netrc.File), f.netrc.Line, line)
		})
		return nil, true
	}
	plain, _ := circumstances{aliases: r.aliases(ctx)}.expand(r.command)
	if then.why != "" || !slices.Contains([]string{"clone", "push", "lfs"}, plain.Word) || r.repeated >= mostRepeats {
		line := r.shownLine(first)
		s.tell(func(style words.Style) string { return style.LFSSignsIn(f.repository, line) })
		return nil, true
	}
	s.tell(func(style words.Style) string { return style.LFSSignsIn(f.repository, "") })
	r.repeated++
	r.later = append([]Command{first, then.command}, then.later...)
	return r.goOn(), true
}
