package auth

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/pattern"
	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// obstacles are what stands between git and a credential, besides the server.
type obstacles struct {
	failed     []failedHelper // in the order of git's configuration
	oldGCM     bool           // Git Credential Manager cannot sign in any more
	gcmVersion string         // "" where it does not tell
	gcmAsked   bool           // Git Credential Manager has asked the person for the token
}

// failedHelper is one of the person's helpers that could not do its work.
type failedHelper struct {
	helper  realgit.KeepingHelper
	code    int
	command string // takes it out of the configuration; "" where it is in no file
}

// helperSilence is how long a helper may take without a word about it. Most
// answer within milliseconds; one that opens a window says so itself, but one
// that hangs does not.
const helperSilence = 5 * time.Second

// fill asks the person's own helpers, as git would have done without us. Where one of
// them has told git to quit, that is the answer, and no credential.
func (s *session) fill(ctx context.Context, r request) (credential.Message, bool) {
	g := s.git(r)
	helpers := g.Helpers(ctx)
	if len(helpers) == 0 {
		return nil, false
	}
	gcm, there := gcmAmong(helpers)
	asksFirst := there && !realgit.DecidesOnWindows(r.env)
	if asksFirst {
		g = s.quietGit(r) // it would complain of having no window
	}
	g.Events = s.privateFile("helpers")
	defer os.Remove(g.Events)
	silence := time.AfterFunc(helperSilence, func() { s.tellWaiting(g, helpers) })
	defer silence.Stop()
	m := r.message.Without("state[]")
	s.note("asking the person's helpers: %s", toldHelpers(helpers))
	answer, found, err := g.Fill(ctx, m)
	silence.Stop()
	if s.tools.Trace.On() {
		s.note("helpers asked: %s", toldRuns(g.HelperRuns(helpers)))
	}
	if errors.Is(err, realgit.ErrQuit) {
		s.note("a helper told git to quit, and git is told so")
		return quit, false
	}
	if !found && asksFirst {
		answer, found = s.fromWindow(ctx, r, gcm, m)
	}
	if !found {
		s.noteFailed(ctx, r, g.HelperRuns(helpers), asksFirst)
	}
	return answer, found
}

// quietGit is a git whose helpers speak to nobody and open no windows.
func (s *session) quietGit(r request) *realgit.Git {
	g := s.git(r)
	g.Env = append(g.Env[:len(g.Env):len(g.Env)], realgit.WithoutWindows)
	g.Stderr = nil
	return g
}

// privateFile is the path of a file in this run's folder that is used once.
func (s *session) privateFile(name string) string {
	if s.folder == "" {
		return ""
	}
	return filepath.Join(s.folder, name+"-"+strconv.FormatInt(s.checkCount.Add(1), 10))
}

// tellWaiting names the helper that does not answer. Ctrl-C ends it with git.
func (s *session) tellWaiting(g *realgit.Git, helpers []realgit.KeepingHelper) {
	for _, run := range g.HelperRuns(helpers) {
		if !run.Ended {
			s.tell(func(style words.Style) string { return style.HelperWaits(run.Helper.Shown()) })
		}
	}
}

// noteFailed remembers the helpers that failed. It matters only where the
// command then lacks a credential, and so is not said yet. GCM without windows
// has to fail where it keeps nothing.
func (s *session) noteFailed(ctx context.Context, r request, runs []realgit.HelperRun, withoutWindows bool) {
	var failed []failedHelper
	for _, run := range runs {
		silenced := withoutWindows && run.Helper.IsGCM() && run.Code != realgit.NotFound
		if run.Ended && run.Code != 0 && !silenced {
			failed = append(failed, failedHelper{helper: run.Helper, code: run.Code})
		}
	}
	if len(failed) == 0 {
		return
	}
	entries := s.settings(ctx, r)
	for i := range failed {
		for _, e := range entries {
			if realgit.NamesHelper(e.Key) && e.Value == string(failed[i].helper) {
				failed[i].command = realgit.TakeOut(e, entries, "^"+pattern.Quote(e.Value)+"$")
			}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.obstacles.failed = failed
}

func (s *session) helpersFailed(style words.Style) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.obstacles.helpersFailed(style)
}

// helpersFailed names the helpers that failed, and what to type.
func (o *obstacles) helpersFailed(style words.Style) (text string) {
	for _, f := range o.failed {
		text += style.HelperFailed(f.helper.Shown(), f.code == realgit.NotFound, f.code, terminal.Plain(f.command))
	}
	return text
}

// owner finds out which helper gave a credential. None of them may open a
// window for that.
func (s *session) owner(ctx context.Context, r request, o offer) (realgit.KeepingHelper, bool) {
	g := s.quietGit(r)
	m := r.message
	if o.asked.message != nil {
		m = o.asked.message // not git's erase, which names what was given
	}
	owner, found := g.Owner(ctx, m.Without("password", "state[]", "capability[]"), o.secret.Reveal())
	if found && owner.IsGCM() && bitbucket.KindOf(o.secret.Reveal()) == bitbucket.Unknown {
		s.noteGCM(g.GCMVersion(ctx, owner))
	}
	return owner, found
}
