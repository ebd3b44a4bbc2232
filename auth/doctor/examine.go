package doctor

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

// Tools are what an examination works with.
type Tools struct {
	Program string                 // absolute path of bbgit
	FindGit func() (string, error) // the real git
	Git     func(dir string) *realgit.Git
	Folder  string // private, for git's notes
	Vault   *vault.Vault
	Alias   NewAlias
	Keeping Keeping
	// Ask asks Bitbucket about a credential; see auth.Asker.
	Ask func(ctx context.Context, user string, x secret.Secret, where bitbucket.Repository) bitbucket.Answer
	// Say is told what is going on: how much of a known whole is done, or, with a
	// whole of 0, how much was found. nil for nobody.
	Say func(what Stage, done, whole int)
}

// Stage is what an examination is at.
type Stage int

const (
	Looking Stage = iota // for clones, among folders
	Reading              // their configuration
	Asking               // Bitbucket
)

// examination is one under way.
type examination struct {
	tools  Tools
	facts  *Facts
	git    *realgit.Git // where the person stands
	home   string
	config string // folder of the person's configuration
	notes  atomic.Int64
}

// Examine gathers the facts. folder is swept for clones; "" is the clone that the
// person stands in. The error is about that folder, or the context's.
func Examine(ctx context.Context, tools Tools, folder string) (Facts, error) {
	home, _ := os.UserHomeDir()
	config, _ := os.UserConfigDir()
	if tools.Say == nil {
		tools.Say = func(Stage, int, int) {}
	}
	x := &examination{tools: tools, facts: &Facts{Now: time.Now(), System: runtime.GOOS, Editor: terminal.Plain(os.Getenv("EDITOR"))}, home: home, config: config}
	x.facts.Git = examineGit(ctx, tools.FindGit)
	x.facts.Reach = examineReach(home, tools.Program, os.Getenv)
	x.facts.Reach.New = tools.Alias
	x.git = tools.Git("")
	if err := x.examineClones(ctx, folder); err != nil {
		return Facts{}, err
	}
	x.examineKeyring(ctx, tools.Vault, tools.Keeping)
	x.examineHelpers(ctx)
	x.examineStores(ctx)
	x.examineNetrc()
	x.examineSSH()
	x.facts.Network = examineNetwork(x.facts.allSettings(), os.Getenv)
	x.askBitbucket(ctx)
	return *x.facts, ctx.Err()
}

func (x *examination) examineClones(ctx context.Context, folder string) error {
	machine, clone, ok := here(ctx, x.git)
	x.facts.Settings = machine
	if folder == "" {
		if ok {
			x.facts.Clones = []Clone{clone}
		}
		return nil
	}
	all, swept, err := sweep(ctx, folder, func(folders, clones int) { x.tools.Say(Looking, clones, 0) })
	if err != nil {
		return err
	}
	x.facts.Swept = &swept
	x.facts.Clones = readAll(ctx, x.git, all, func(done int) { x.tools.Say(Reading, done, len(all)) })
	return ctx.Err()
}

// events is a new file for git's notes on helpers.
func (x *examination) events() string {
	return filepath.Join(x.tools.Folder, "doctor-"+strconv.FormatInt(x.notes.Add(1), 10))
}

// suspects are the credentials that Bitbucket can be asked about, each once.
func (f Facts) suspects() (all []Suspect) {
	seen := make(map[[2]string]bool)
	add := func(s Suspect) {
		key := [2]string{s.User, s.Secret}
		if s.Secret != "" && s.Repository != (bitbucket.Repository{}) && !seen[key] {
			seen[key] = true
			all = append(all, s)
		}
	}
	for _, s := range f.sites() {
		add(s.suspect(f))
	}
	for _, h := range f.allHeaders() {
		add(h.suspect(f))
	}
	for _, k := range append(f.Kept[:len(f.Kept):len(f.Kept)], f.netrc()...) {
		add(k.suspect(f))
	}
	if text, paste := bitbucket.ReadPaste(f.Keyring.Variable.Reveal()); paste.Sendable() {
		add(Suspect{bitbucket.UserName(text), text, f.somewhere("")})
	}
	for _, item := range f.Keyring.Items {
		where := f.somewhere(item.Account.Name)
		if len(item.Worked) > 0 {
			where = bitbucket.RepositoryOf(item.Worked[0])
		}
		add(Suspect{item.Username, item.Token.Reveal(), where})
	}
	return all
}

// mostAtOnce is how many questions are under way at Bitbucket.
const mostAtOnce = 4

// askBitbucket shows every credential to Bitbucket, once.
func (x *examination) askBitbucket(ctx context.Context) {
	x.facts.Verdicts = make(Verdicts)
	all := x.facts.suspects()
	slots := make(chan struct{}, min(mostAtOnce, 2*runtime.GOMAXPROCS(0)))
	var group sync.WaitGroup
	var mu sync.Mutex
	var silent atomic.Bool // nobody is there; the others need not wait for nothing
	for _, s := range all {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			answer := bitbucket.Unreachable
			if !silent.Load() {
				answer = x.tools.Ask(ctx, s.User, secret.New(s.Secret), s.Repository)
			}
			silent.Store(silent.Load() || answer == bitbucket.Unreachable)
			mu.Lock()
			defer mu.Unlock()
			x.facts.Verdicts[[2]string{s.User, s.Secret}] = Verdict{true, answer, s.Repository}
			x.tools.Say(Asking, len(x.facts.Verdicts), len(all))
		})
	}
	group.Wait()
}
