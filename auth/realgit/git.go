// Package realgit asks the real git for what only git knows: the credentials
// that the person's own helpers keep, configuration, and what Bitbucket answers
// to a credential. A call has a time-out, but for those that ask a person: their
// helper's window, and an editor's dialog.
package realgit

import (
	"bytes"
	"context"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"bbgit/auth/envconfig"
)

// AskingVariable is set for every git that we start ourselves: where the
// person has bbgit among the configured helpers, that one must stay silent, or
// we would ask ourselves without end.
const AskingVariable = "BBGIT_ASKING"

// Git is the real git, run at one place.
type Git struct {
	Path   string    // absolute path of the program
	Helper string    // our own helper's command, to be taken out of environments
	Dir    string    // working directory, "" for ours
	Env    []string  // environment of the command or helper that we act for
	Global []string  // git's global options of that command ("-C", "dir", …)
	Stderr io.Writer // where the person's helpers may speak; nil for nowhere
	Events string    // path of a file where git notes how the helpers fared; "" for none

	read *persons // the person's helpers, once they were asked for
}

const onWindows = runtime.GOOS == "windows"

// localTime bounds calls of git that read and write files only, which may lie
// on a slow network.
const localTime = 30 * time.Second

// Grace between the polite end of a git that takes too long and the other
// one: git tells its children and removes its lock files in that time.
const grace = 2 * time.Second

// run starts git, with the injection taken out of its environment, and waits.
func (g *Git) run(ctx context.Context, limit time.Duration, input []byte, settings []envconfig.Setting, args ...string) (output []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, g.Path, g.arguments(settings, args)...)
	cmd.Dir = g.Dir
	cmd.Env = append(g.quietEnv(), AskingVariable+"=1")
	if g.Events != "" {
		cmd.Env = append(cmd.Env, "GIT_TRACE2_EVENT="+g.Events)
	}
	cmd.Stdin = bytes.NewReader(input)
	cmd.Stderr = g.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(politeSignal) }
	cmd.WaitDelay = grace
	return cmd.Output()
}

// arguments puts settings behind the person's own "-c": only there do they come
// last, and win. The environment's settings come before all of them.
func (g *Git) arguments(settings []envconfig.Setting, args []string) []string {
	all := append([]string(nil), g.Global...)
	for _, s := range settings {
		all = append(all, "-c", s.Key+"="+s.Value)
	}
	return append(all, args...)
}

// quietEnv is the environment without our helper, and without anything that
// would ask the person or write a trace: a trace of this call might hold the
// credential (GIT_TRACE_REDACT=0), and belongs to nobody.
func (g *Git) quietEnv() []string {
	env := make([]string, 0, len(g.Env)+8)
	for _, v := range envconfig.Strip(g.Env, g.Helper) {
		if !strings.HasPrefix(v, "GIT_TRACE") && !strings.HasPrefix(v, "GIT_CURL_VERBOSE=") {
			env = append(env, v)
		}
	}
	return append(env, "GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=", "SSH_ASKPASS=")
}
