package realgit

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bbgit/auth/envconfig"
)

// A HelperRun is how one of the person's helpers fared when it was asked.
type HelperRun struct {
	Helper KeepingHelper
	Ended  bool
	Code   int // its exit status; NotFound where there is no such program
}

// NotFound is the exit status that shells have for a command that is not there.
// For a helper git knows by name git has no status of its own.
const NotFound = 127

// traceEvent is a line of GIT_TRACE2_EVENT
// (https://git-scm.com/docs/api-trace2, "child_start").
type traceEvent struct {
	Event string   `json:"event"`
	SID   string   `json:"sid"`
	Child int      `json:"child_id"`
	Argv  []string `json:"argv"`
	Code  int      `json:"code"`
}

// HelperRuns tells how the helpers fared that Fill has asked, from Events. Git
// itself passes over a helper that fails in silence, and what the helper says is
// in the person's language.
func (g *Git) HelperRuns(helpers []KeepingHelper) []HelperRun {
	f, err := os.Open(g.Events)
	if err != nil {
		return nil
	}
	defer f.Close()
	asked := make(map[string]KeepingHelper)
	for _, h := range helpers {
		asked[h.commandLine()+" get"] = h
	}
	var runs []HelperRun
	current := -1 // git asks one helper after another
	var child traceEvent
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var e traceEvent
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			continue
		}
		switch h, ours := asked[strings.Join(e.Argv, " ")]; {
		case e.Event == "child_start" && ours && len(e.Argv) == 1:
			runs, child = append(runs, HelperRun{Helper: h}), e
			current = len(runs) - 1
		case e.Event != "child_exit" || current < 0:
		case e.SID == child.SID && e.Child == child.Child:
			runs[current].Ended = true
			if runs[current].Code != NotFound {
				runs[current].Code = e.Code
			}
			current = -1
		case e.Code == -1: // "git credential-x" found no git-credential-x to start
			runs[current].Code = NotFound
		}
	}
	return runs
}

// CanRun tells that there is a helper of this kind, and that it does not fail
// when it is asked for something that it does not have: git-credential-cache is
// there on systems where it has no sockets to work with.
func (g *Git) CanRun(ctx context.Context, helper KeepingHelper) bool {
	alias := envconfig.Set("alias.bbgit-try", "!"+helper.commandLine()+" get")
	nothing := []byte("protocol=https\nhost=nowhere.invalid\n\n")
	_, err := g.run(ctx, localTime, nothing, []envconfig.Setting{alias}, "bbgit-try")
	return err == nil
}

// Finds tells that git finds a helper's program. It does not start it: some ask
// the person. Where git does not say, or a piece of shell stands there, it is
// taken to be there.
func (g *Git) Finds(ctx context.Context, helper KeepingHelper) bool {
	program, _, _ := strings.Cut(string(helper), " ")
	switch {
	case strings.HasPrefix(program, "!"):
		return true
	case isAbsolute(program):
		if strings.ContainsAny(program, "\\'\"$") {
			return true // written for sh, with spaces or the like in it
		}
		_, err := os.Stat(program)
		return err == nil
	}
	output, err := g.run(ctx, localTime, nil, nil, "--list-cmds=main,others") // git(1)
	return err != nil || slices.Contains(strings.Fields(string(output)), "credential-"+program)
}

// commandLine is what git makes of a helper's value (gitcredentials(7)).
func (h KeepingHelper) commandLine() string {
	text := string(h)
	if shell, ok := strings.CutPrefix(text, "!"); ok {
		return shell
	}
	if isAbsolute(text) {
		return text
	}
	return "git credential-" + text
}

// Name is what people call a helper: "store", "manager", whatever folder it
// stands in. A piece of shell has none.
func (h KeepingHelper) Name() string {
	program, _, _ := strings.Cut(string(h), " ")
	if strings.HasPrefix(program, "!") {
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(filepath.Base(filepath.ToSlash(program)), "git-credential-"), ".exe")
}

// isAbsolute is git's is_absolute_path, on the system that we run on.
func isAbsolute(path string) bool {
	return strings.HasPrefix(path, "/") ||
		onWindows && (strings.HasPrefix(path, `\`) || len(path) > 1 && path[1] == ':')
}
