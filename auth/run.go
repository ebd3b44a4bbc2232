package auth

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/curltrace"
	"bbgit/auth/envconfig"
	"bbgit/auth/relay"
)

// Companion goes along with the git commands that may need a credential. It
// does what passthrough.Companion asks for; main joins the two.
type Companion struct{ Tools Tools }

// Command is a git command line as it was typed.
type Command struct {
	Git  string   // absolute path of the real git
	Args []string // everything after the program's name
	Word string   // the command's word ("push"), "" where there is none
	At   int      // index of Word in Args; Args[:At] are git's global options
}

// End is how a git command ended.
type End struct {
	Code   int            // its exit status; 128+Signal where a signal ended it
	Signal syscall.Signal // what ended it, or 0
}

// Next is a git command line to run next.
type Next struct {
	Args []string
	Env  []string
}

// settings put our helper in front, and make curl pass over what .netrc holds, if
// that is a password that Bitbucket has switched off.
func (c Companion) settings() []envconfig.Setting {
	settings := envconfig.HelperSettings(envconfig.HelperCommand(c.Tools.Program))
	if _, ok := netrcEntry(); ok {
		settings = append(settings, envconfig.PastNetrc)
	}
	return settings
}

// Run attends one git command, from before it starts until nothing is left to do.
type Run struct {
	companion Companion
	command   Command
	env       []string
	session   *session
	trace     string // file that git notes its requests in; "" where the person has a trace of their own
	processes string // folder that git notes its connections over SSH in; "" likewise
	repeated  int
	later     []Command           // what is to be run when this one has succeeded
	submodule bool                // a refused secret stood in the configuration of a submodule
	rewrites  []envconfig.Setting // rules for the next run, so that it does not meet a dead secret
	dead      []embedded          // refused secrets in URLs, to be taken out

	mu      sync.Mutex
	current context.Context // ends when the git of now has ended
	stop    context.CancelFunc
	pending sync.WaitGroup // requests of helpers under way
}

// Join prepares for a command that may reach a network.
func (c Companion) Join(command Command, env []string) *Run {
	tools := c.Tools
	tools.Git = func() (string, error) { return command.Git, nil }
	env = withoutOuter(env)
	r := &Run{companion: c, command: command, session: newSession(tools, env)}
	r.session.needs = r.needs
	r.session.place.global = command.Args[:command.At]
	r.begin()
	r.env = r.prepare(env)
	return r
}

// begin opens the door for the helpers of a git that is about to start.
func (r *Run) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current, r.stop = context.WithCancel(context.Background())
}

// prepare is the environment for git. Without a folder of our own the helpers
// answer by themselves, and a trace is not written.
func (r *Run) prepare(env []string) []string {
	settings := append(r.companion.settings(), r.rewrites...)
	env = envconfig.Add(env, settings...)
	s := r.session
	if s.tools.Trace.On() {
		s.note("git gets by its environment: %s", toldKeys(settings))
	}
	address, err := s.listen(r.serve)
	if err != nil {
		s.note("no socket for helpers, so they answer alone: %v", err)
		return env
	}
	env = append(env, runVariable+"="+address)
	if tracesItself(env) {
		s.note("git's requests are not looked at, as the person has them traced")
	} else {
		r.trace = newTrace(s.folder)
	}
	if r.trace != "" {
		env = append(env, "GIT_TRACE_CURL="+r.trace, "GIT_TRACE_CURL_NO_DATA=1")
	}
	env, r.processes = traceSSH(env, s.git(s.place).Traces(context.Background()), s.folder)
	go relay.Sweep(s.folder)
	return env
}

// dropTraces removes what git has noted.
func (r *Run) dropTraces() {
	for _, path := range []string{r.trace, r.processes} {
		if path != "" {
			_ = os.RemoveAll(path)
		}
	}
}

// tracesItself tells that the person wants a trace of the requests: ours would
// take its place. Where they do not want secrets left out of it either, ours
// would hold the token.
func tracesItself(env []string) bool {
	for _, v := range env {
		name, value, _ := strings.Cut(v, "=")
		switch name {
		case "GIT_TRACE_CURL", "GIT_TRACE_CURL_NO_DATA", "GIT_CURL_VERBOSE":
			return true
		case "GIT_TRACE_REDACT":
			if isFalse(value) {
				return true
			}
		}
	}
	return false
}

// newTrace makes the file for git's trace, before git does with more rights for
// others. Where the URL holds a password, the trace does, too.
func newTrace(folder string) string {
	f, err := os.OpenFile(filepath.Join(folder, "requests"), os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return ""
	}
	defer f.Close()
	return f.Name()
}

// withoutOuter takes out what a bbgit around this one has put into the
// environment: an alias or a hook may run bbgit, and its traces are not the
// person's.
func withoutOuter(env []string) []string {
	outer := ""
	for _, v := range env {
		if address, ok := strings.CutPrefix(v, runVariable+"="); ok {
			outer = filepath.Dir(address)
		}
	}
	if outer == "" {
		return env
	}
	kept := make([]string, 0, len(env))
	for _, v := range env {
		name, value, _ := strings.Cut(v, "=")
		ours := name == runVariable || name == "GIT_TRACE_CURL_NO_DATA" || v == mostTraced ||
			strings.HasPrefix(name, "GIT_TRACE") && strings.HasPrefix(value, outer+string(filepath.Separator))
		if !ours {
			kept = append(kept, v)
		}
	}
	return kept
}

// serve answers the helpers of the git of now. Whatever goes wrong in here must
// not cost more than this answer: git is still running.
func (r *Run) serve(operation string, m credential.Message) (answer credential.Message) {
	r.mu.Lock()
	ctx := r.current
	if ctx.Err() != nil && operation != checkOperation {
		r.mu.Unlock()
		return nil
	}
	r.pending.Add(1)
	r.mu.Unlock()
	defer r.pending.Done()
	defer func() {
		if recover() != nil {
			answer = nil
		}
	}()
	return r.session.handle(ctx, operation, m)
}

// Env is the environment to start git with.
func (r *Run) Env() []string { return r.env }

// end waits until no helper of a git that has ended is being answered: a
// question must have given the terminal back.
func (r *Run) end() {
	r.mu.Lock()
	r.stop()
	r.mu.Unlock()
	r.pending.Wait()
}

// Close ends the attendance.
func (r *Run) Close() {
	r.end()
	r.session.close()
}

// needs tells what the command wants to do. An alias hides its word, but git's
// requests tell: the one that made git ask for a credential is the last.
func (r *Run) needs() bitbucket.Need {
	if r.command.Word == "push" {
		return bitbucket.Write
	}
	if r.command.Word == "lfs" && len(r.command.Args) > r.command.At+1 && r.command.Args[r.command.At+1] == "push" {
		return bitbucket.Write
	}
	exchanges := r.exchanges()
	if len(exchanges) > 0 && exchanges[len(exchanges)-1].Service == "git-receive-pack" {
		return bitbucket.Write
	}
	return bitbucket.Read
}

// exchanges are git's requests to Bitbucket so far.
func (r *Run) exchanges() []curltrace.Exchange {
	if r.trace == "" {
		return nil
	}
	f, err := os.Open(r.trace)
	if err != nil {
		return nil
	}
	defer f.Close()
	var ours []curltrace.Exchange
	for _, e := range curltrace.Read(f) {
		if bitbucket.Serves("https", e.Host) {
			ours = append(ours, e)
		}
	}
	return ours
}
