package auth

import (
	"context"
	"slices"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/envconfig"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
	"bbgit/auth/textfile"
	"bbgit/auth/words"
)

// An embedded secret stands in a URL that git uses as it is, without asking a
// helper.
type embedded struct {
	what   string // "remote 'origin'"
	file   string // configuration file, "" for the command line
	key    string // "remote.origin.url"
	arg    int    // index in the arguments, where file is ""
	remote bitbucket.Remote
	short  string // what git writes the URL for (url.<base>.insteadOf), "" where the URL itself is meant

	submodule bool // of a submodule's own repository
	tracked   bool // the file is under version control
}

// held says in plain words where the secret stands.
func (e embedded) held() string {
	if e.file == "" {
		return "in " + e.what
	}
	return "in the URL of " + e.what
}

// embeddedSecrets looks for secrets in the URLs that the command used, and asks
// Bitbucket about each. Those that it refuses are remembered, and found tells
// that there are any.
func (r *Run) embeddedSecrets(ctx context.Context) (wanted request, found bool) {
	used, traced := r.refusedRepositories()
	if traced && len(used) == 0 {
		return request{}, false
	}
	s := r.session
	asked := make(map[string]bool)
	for _, e := range r.urls(ctx) {
		target, concerned := e.remote, !traced || used[e.remote.Repository.Folded()]
		if e.short != "" {
			// It is the beginning of URLs, and any of those used may have it.
			target.Repository, concerned = anyOf(used), len(used) > 0
		}
		where := r.requestFor(target)
		o := offer{source: fromElsewhere, userName: e.remote.User, secret: secret.New(e.remote.Secret)}
		known := s.wasRefused(o.secret)
		if !known && concerned && !asked[e.remote.Secret] {
			asked[e.remote.Secret] = true
			answer := r.embeddedAnswer(ctx, where, o)
			if known = answer.Refused() || answer == bitbucket.ScopeMissing; known {
				s.noteRefused(refusal{offer: o, answer: answer, held: e.held(), from: where})
			}
		}
		if known {
			r.dead = append(r.dead, e)
			if !found && concerned {
				wanted, found = where, true
				s.nameHolder(o.secret, e.held())
			}
		}
	}
	return wanted, found
}

// embeddedAnswer is what Bitbucket thinks of a secret in a URL. A token that it
// takes may still lack a scope that the command needs, and one that it refuses
// here may be good elsewhere.
func (r *Run) embeddedAnswer(ctx context.Context, where request, o offer) bitbucket.Answer {
	s := r.session
	answer := s.check(ctx, where, o, bitbucket.Read).Answer
	switch {
	case answer == bitbucket.Accepted && o.isToken() && s.needs() == bitbucket.Write:
		if wider := s.check(ctx, where, o, bitbucket.Write).Answer; wider == bitbucket.ScopeMissing {
			return wider
		}
	case answer.Refused() && o.isToken() && s.standingOf(ctx, where, o) == alive:
		s.noteHidden(where, o)
		return bitbucket.NotVisible
	}
	return answer
}

// nameHolder says where a refused secret stands, once that is known.
func (s *session) nameHolder(x secret.Secret, held string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.refused {
		if s.refused[i].offer.secret.Equal(x) && s.refused[i].held == "" {
			s.refused[i].held = held
		}
	}
}

// requestFor is what a helper would have been asked, had git asked one.
func (r *Run) requestFor(remote bitbucket.Remote) request {
	user := remote.User
	if bitbucket.NamesNobody(user) {
		user = ""
	}
	return request{
		message:    withRepository(remote.Repository),
		repository: remote.Repository,
		user:       user,
		env:        r.session.base,
		global:     r.command.Args[:r.command.At],
	}
}

// refusedRepositories are those at which Bitbucket refused something in this
// run. Without a trace, because the person has one of their own, it may have
// been any.
func (r *Run) refusedRepositories() (refused map[bitbucket.Repository]bool, traced bool) {
	refused = make(map[bitbucket.Repository]bool)
	for _, e := range r.exchanges() {
		if e.Status == 401 || e.Status == 410 || e.Status == 403 || e.Status == 404 {
			refused[bitbucket.RepositoryOf(e.Path).Folded()] = true
		}
	}
	return refused, r.trace != ""
}

func anyOf(repositories map[bitbucket.Repository]bool) bitbucket.Repository {
	for r := range repositories {
		return r
	}
	return bitbucket.Repository{}
}

// urls are the URLs with a secret for Bitbucket that the command may have used:
// of its arguments and of the configuration.
func (r *Run) urls(ctx context.Context) []embedded {
	var found []embedded
	for i, arg := range r.command.Args {
		if remote, ok := bitbucket.ParseRemote(arg); ok && remote.Secret != "" {
			found = append(found, embedded{what: "the URL that you typed", arg: i, remote: remote})
		}
	}
	entries, err := r.session.git(r.requestFor(bitbucket.Remote{})).Settings(ctx)
	if err != nil {
		return found
	}
	for _, e := range entries {
		what, value := realgit.URLSetting(e.Key, e.Value)
		if remote, ok := bitbucket.ParseRemote(value); ok && remote.Secret != "" && what != "" && e.File() != "" {
			e := embedded{what: terminal.Plain(what), file: e.File(), key: e.Key, remote: remote, short: e.Value}
			if !strings.HasPrefix(e.key, "url.") {
				e.short = ""
			}
			found = append(found, e)
		}
	}
	for _, f := range r.otherFiles(ctx) {
		found = append(found, r.urlsOf(ctx, f)...)
	}
	return found
}

// cleanURLs takes the dead secrets out of the URLs, user names kept, and says
// so. What cannot be changed safely is named. done tells that git will not meet
// a dead secret when the command runs again.
func (r *Run) cleanURLs(ctx context.Context) (done bool) {
	s := r.session
	done = true
	for _, e := range r.dead {
		masked, now := e.remote.Masked(), e.remote.Cleaned()
		r.submodule = r.submodule || e.submodule
		switch {
		case e.short != "":
			r.rewriteShort(ctx, e)
		case e.tracked:
			// Git goes by what it has made of that file in the configuration. The
			// file itself is the affair of all who share it.
		case r.clean(ctx, e):
			s.note("took a dead secret out of %s: %s", e.what, now)
			if e.file != "" || r.command.Word != "remote" { // else it has gone into the configuration
				s.tell(func(style words.Style) string { return style.URLCleaned(e.what, masked, now) })
			}
			continue
		default:
			done = false
		}
		s.tell(func(style words.Style) string {
			return style.URLNotCleaned(e.what, masked, terminal.Plain(realgit.ShownPath(e.file)))
		})
	}
	r.dead = nil
	return done
}

// clean changes one URL. In a file it is the text that is changed, under git's own
// lock: "git config" would be told the URL as an argument, and what is left of that
// may be a secret still, in the place of the user name. Git says whether it worked.
func (r *Run) clean(ctx context.Context, e embedded) bool {
	now := e.remote.WithoutSecret()
	if e.file == "" {
		r.command.Args = append([]string(nil), r.command.Args...)
		r.command.Args[e.arg] = now
		return true
	}
	_ = textfile.Change(e.file, func(text string, _ bool) (string, bool, error) {
		return strings.ReplaceAll(text, e.remote.Reveal(), now), false, nil
	}, nil)
	return !slices.ContainsFunc(r.urls(ctx), func(other embedded) bool {
		return other.file == e.file && other.key == e.key && other.remote == e.remote
	})
}

// rewriteShort sees to a dead secret in a rule of the person's that writes URLs
// anew (git-config(1), url.<base>.insteadOf). The rule is theirs to change; for
// this run, longer rules without the secret win over it.
func (r *Run) rewriteShort(ctx context.Context, e embedded) {
	entries, err := r.session.git(r.requestFor(e.remote)).Settings(ctx)
	if err != nil {
		return
	}
	for _, f := range r.otherFiles(ctx) {
		more, _ := r.session.git(r.requestFor(e.remote)).SettingsOf(ctx, f.path)
		entries = append(entries, more...)
	}
	for _, entry := range entries {
		rest, ok := strings.CutPrefix(entry.Value, e.short)
		if what, _ := realgit.URLSetting(entry.Key, ""); !ok || rest == "" || what == "" || strings.HasPrefix(entry.Key, "url.") {
			continue
		}
		base := e.remote.WithoutSecret()
		if bitbucket.IsMarked(e.remote.User) {
			base = e.remote.WithoutUser() // it goes into the environment
		}
		last := e.key[strings.LastIndex(e.key, ".")+1:]
		r.rewrites = append(r.rewrites, envconfig.Setting{Key: "url." + base + rest + "." + last, Value: entry.Value})
	}
}
