package doctor

import (
	"context"
	"slices"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
)

// A Helper is a credential helper that git asks about Bitbucket.
type Helper struct {
	Entry   realgit.Entry
	Clone   string // that alone has it; "" for all
	Version string // of Git Credential Manager
	Ours    bool   // bbgit itself
	Missing bool   // there is no such program
	Silent  bool   // it did not answer in time
	Locked  bool   // its keyring is, so that it was not asked
}

func (h Helper) value() realgit.KeepingHelper { return realgit.KeepingHelper(h.Entry.Value) }

// helpersOf are the helpers that a list of settings leaves in effect: bbgit, where
// it is one, and those that are asked behind it.
func helpersOf(entries []realgit.Entry, clone string) (list []Helper) {
	for _, e := range realgit.WithoutOurs(entries) {
		switch {
		case !realgit.NamesHelper(e.Key):
		case e.Value == "":
			list = nil
		default:
			list = append(list, Helper{Entry: e, Clone: clone})
		}
	}
	for _, e := range entries {
		if realgit.NamesHelper(e.Key) && realgit.KeepingHelper(e.Value).IsOurs() {
			return append([]Helper{{Entry: e, Clone: clone, Ours: true}}, list...)
		}
	}
	return list
}

// examineHelpers lists the helpers and asks each of them alone what it has.
func (x *examination) examineHelpers(ctx context.Context) {
	f := x.facts
	f.Helpers = helpersOf(f.Settings, "")
	for _, c := range f.Clones {
		for _, h := range helpersOf(c.entries(), c.Path) {
			if !slices.ContainsFunc(f.Helpers, func(other Helper) bool { return other.Entry.Value == h.Entry.Value }) {
				f.Helpers = append(f.Helpers, h)
			}
		}
	}
	for i := range f.Helpers {
		x.ask(ctx, &f.Helpers[i])
	}
}

// helperPatience bounds one question to a helper: it answers from what it keeps,
// at once, or it waits for a person.
const helperPatience = 10 * time.Second

// mostUsers bounds the user names that a helper is asked about.
const mostUsers = 5

// ask asks one helper, without windows, for what it would give for the URLs that
// are known here.
func (x *examination) ask(ctx context.Context, h *Helper) {
	switch {
	case h.Ours, h.Clone != "": // what a clone names is not started: it may come from anywhere
		return
	case h.value().IsGCM():
		h.Version = x.git.GCMVersion(ctx, h.value())
	case h.value().Name() == "store":
		return // its file is read instead: it may hold more than one answer
	case wouldUnlock(ctx, h.value()):
		h.Locked = true
		return
	}
	for _, m := range x.questions() {
		ctx, cancel := context.WithTimeout(ctx, helperPatience)
		answer, given, runs := x.quiet(h.value(), ctx, m)
		late := ctx.Err() != nil
		cancel()
		h.Silent = h.Silent || late
		h.Missing = h.Missing || len(runs) > 0 && runs[len(runs)-1].Code == realgit.NotFound
		if late || h.Missing {
			return
		}
		if given && answer.Get("password") != "" {
			x.keepKept(Kept{Helper: h.value(), User: answer.Get("username"), Secret: answer.Get("password"), Repository: bitbucket.RepositoryOf(m.Get("path"))})
		}
	}
}

// quiet asks a helper that must not open a window.
func (x *examination) quiet(h realgit.KeepingHelper, ctx context.Context, m credential.Message) (credential.Message, bool, []realgit.HelperRun) {
	g := *x.git
	g.Events = x.events()
	g.Env = append(g.Env[:len(g.Env):len(g.Env)], realgit.WithoutWindows)
	answer, given, _ := g.FillFrom(ctx, h, m)
	return answer, given, g.HelperRuns([]realgit.KeepingHelper{h})
}

// questions are what git would ask for the clones that are known here: without a
// user name, and with each that a URL has.
func (x *examination) questions() []credential.Message {
	users := []string{""}
	for _, c := range x.facts.Clones {
		for _, remote := range x.facts.remotes(c) {
			user := remote.User
			if user != "" && !bitbucket.NamesNobody(user) && !slices.Contains(users, user) && len(users) < mostUsers {
				users = append(users, user)
			}
		}
	}
	var all []credential.Message
	for _, user := range users {
		where := x.facts.somewhere(user)
		m := credential.Message{{Key: "protocol", Value: "https"}, {Key: "host", Value: bitbucket.Host}}
		if where != (bitbucket.Repository{}) {
			m = m.With("path", where.Workspace+"/"+where.Name+".git")
		}
		if user != "" {
			m = m.With("username", user)
		}
		all = append(all, m)
	}
	return all
}

const checkHelper = "helper"

func judgeHelpers(f Facts) []Finding {
	if len(f.Helpers) == 0 {
		return []Finding{find(checkHelper, OK, "", "Git has no credential helper, a program that keeps passwords for it. None is needed.")}
	}
	var all []Finding
	for _, h := range f.Helpers {
		all = append(all, h.judge(f))
	}
	return append(all, judgeGCM(f)...)
}

func (h Helper) judge(f Facts) Finding {
	name := "The credential helper \"" + h.value().Shown() + "\" (" + h.scope() + ")"
	where := h.Entry.File()
	switch {
	case h.Ours:
		if _, others := realgit.Installed(f.Settings); len(others) > 0 {
			return find(checkHelper, Attention, where, "Git itself asks bbgit for the token (%s), but gets none, as it would tell it to the helper \"%s\" too. This puts bbgit behind that one:",
				h.scope(), realgit.KeepingHelper(others[0].Value).Shown()).with(setUp)
		}
		return find(checkHelper, OK, where, "Git itself asks bbgit for the token (%s), so that RStudio, VS Code and scripts have it too.", h.scope())
	case h.Clone != "":
		return find(checkHelper, Note, where, "%s is named by that clone alone, and was not started to look at it.", name)
	case h.Missing:
		return find(checkHelper, Attention, where, "%s is not installed, or is not found.", name).
			with(h.takeOut(f))
	case h.Silent:
		return find(checkHelper, Attention, where, "%s did not answer within %d seconds.", name, int(helperPatience.Seconds())).
			with(h.takeOut(f))
	case h.value().IsGCM() && realgit.OldGCM(h.Version):
		return find(checkHelper, Attention, where, "Git Credential Manager (%s) is %s. Bitbucket no longer takes the browser sign-in of versions before 3.0.0: please update it.",
			h.scope(), h.Version).with(updateGCM(f.System))
	case h.value().IsGCM() && h.Version != "":
		return find(checkHelper, OK, where, "Git Credential Manager (%s) is %s.", h.scope(), h.Version)
	case h.Locked:
		return find(checkHelper, Note, where, "%s was not asked: its keyring is locked.", name)
	case h.value().Name() == "store":
		return find(checkHelper, Note, where, "%s keeps passwords and tokens in plain text, in %s.", name, terminal.Plain(h.value().StoreFile()))
	}
	return find(checkHelper, OK, where, "%s is asked about Bitbucket.", name)
}

// takeOut is the command that no longer has git ask it.
func (h Helper) takeOut(f Facts) string {
	return terminal.Plain(realgit.TakeOut(h.Entry, f.allSettings(), "^"+quoted(h.Entry.Value)+"$"))
}

// scope is whose setting it is, in git's words.
func (h Helper) scope() string {
	if h.Clone != "" {
		return "local: " + shown(h.Clone)
	}
	if h.Entry.Scope == "" {
		return "local"
	}
	return h.Entry.Scope
}
