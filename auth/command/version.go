package command

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"bbgit/auth/build"
)

func newVersion(p *program) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Tell the versions of bbgit and of git, and how bbgit was built",
		Long: `Tells the version of bbgit, how it was built, and which git it forwards to. The
exit status is 1 when there is no git.`,
		Example: "  bbgit " + Word + " version\n  bbgit " + Word + " version --json",
		Args:    atMost(0),
		RunE:    func(c *cobra.Command, _ []string) error { return runVersion(p, c, asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON, for scripts")
	return c
}

// versions are what "version --json" writes.
type versions struct {
	Version  string     `json:"version"`
	Commit   string     `json:"commit,omitempty"`
	Time     *time.Time `json:"time,omitempty"`     // of the commit
	Modified bool       `json:"modified,omitempty"` // files differed from the commit
	Go       string     `json:"go"`
	System   string     `json:"system"`
	Program  string     `json:"program"`
	Git      gitVersion `json:"git"`
}

// gitVersion is the git that bbgit forwards to.
type gitVersion struct {
	Path    string `json:"path,omitempty"`
	Version string `json:"version,omitempty"`
	Error   string `json:"error,omitempty"` // why there is none
}

// versions are those of now.
func (p *program) versions(ctx context.Context) versions {
	b := build.Read()
	v := versions{
		Version: b.Version, Commit: b.Commit, Modified: b.Modified, Go: b.Go, System: b.System,
		Program: p.tools.Program, Git: p.gitVersion(ctx),
	}
	if !b.Time.IsZero() {
		v.Time = &b.Time
	}
	return v
}

func (p *program) gitVersion(ctx context.Context) gitVersion {
	git, err := p.git()
	if err != nil {
		return gitVersion{Error: err.Error()}
	}
	version, err := git.Version(ctx)
	if err != nil {
		return gitVersion{Path: git.Path, Error: err.Error()}
	}
	return gitVersion{Path: git.Path, Version: version}
}

func runVersion(p *program, c *cobra.Command, asJSON bool) error {
	v := p.versions(c.Context())
	out := p.page(c)
	if asJSON {
		out.json(v)
	} else {
		out.text(out.Pairs(v.pairs()))
	}
	if out.err == nil && v.Git.Error != "" {
		return errQuiet
	}
	return out.err
}

// pairs are the versions for a person.
func (v versions) pairs() [][2]string {
	built := v.Go + ", " + v.System
	switch {
	case v.Commit == "":
		built += ", outside a repository"
	case v.Modified:
		built += ", commit " + v.Commit + " with changes"
	default:
		built += ", commit " + v.Commit
	}
	git := v.Git.Version
	if v.Git.Error != "" {
		git = v.Git.Error
	}
	pairs := [][2]string{{"bbgit", v.Version}, {"program", v.Program}, {"built", built}, {"git", git}}
	if v.Git.Path != "" {
		pairs = append(pairs, [2]string{"program", v.Git.Path})
	}
	return pairs
}
