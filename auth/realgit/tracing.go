package realgit

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Traces tells what the person has every git write about its processes
// (api-trace2). Git reads that from the environment, and from the files of the
// system and the person alone.
type Traces struct {
	Normal bool // in the format of GIT_TRACE2, which has one target
	Any    bool // in whatever format
}

// traceVariables set the targets, before the configuration does.
var traceVariables = []string{"GIT_TRACE2", "GIT_TRACE2_PERF", "GIT_TRACE2_EVENT"}

// Traces asks git itself only where one of its usual files speaks of such a trace:
// that is wanted before each command that may reach a network, and git takes 5 ms.
// What an included file says is not seen.
func (g *Git) Traces(ctx context.Context) (t Traces) {
	for _, name := range traceVariables {
		if value, _ := lookEnv(g.Env, name); value != "" {
			t.Any = true
			t.Normal = t.Normal || name == traceVariables[0]
		}
	}
	if !slices.ContainsFunc(g.usualFiles(), mayTrace) {
		return t
	}
	quiet := *g
	quiet.Stderr = nil
	entries, _ := quiet.Settings(ctx)
	for _, e := range entries {
		if strings.HasPrefix(e.Key, "trace2.") && strings.HasSuffix(e.Key, "target") {
			t.Any = true
			t.Normal = t.Normal || e.Key == "trace2.normaltarget"
		}
	}
	return t
}

// usualFiles are those of the system and the person where git has them as a rule
// (git-config(1), FILES). A git that was not made for /usr has the system's beside
// the folder that it lies in.
func (g *Git) usualFiles() []string {
	files := []string{"/etc/gitconfig", filepath.Join(filepath.Dir(g.Path), "..", "etc", "gitconfig")}
	if named, set := lookEnv(g.Env, "GIT_CONFIG_SYSTEM"); set {
		files = []string{named}
	}
	if named, set := lookEnv(g.Env, "GIT_CONFIG_GLOBAL"); set {
		return append(files, named)
	}
	home, set := lookEnv(g.Env, "HOME")
	if !set {
		home, _ = os.UserHomeDir()
	}
	folder, _ := lookEnv(g.Env, "XDG_CONFIG_HOME")
	if folder == "" {
		folder = filepath.Join(home, ".config")
	}
	return append(files, filepath.Join(home, ".gitconfig"), filepath.Join(folder, "git", "config"))
}

// mayTrace tells that a file of configuration may name such a target.
func mayTrace(file string) bool {
	text, err := os.ReadFile(file)
	return err == nil && strings.Contains(strings.ToLower(string(text)), "trace2")
}
