package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"bbgit/auth"
	"bbgit/auth/bitbucket"
	"bbgit/auth/doctor"
	"bbgit/auth/realgit"
	"bbgit/auth/secret"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

// doctorOptions are the flags of doctor.
type doctorOptions struct {
	fix, yes, json bool
	repos, undo    string
}

func newDoctor(p *program) *cobra.Command {
	var o doctorOptions
	c := &cobra.Command{
		Use:        "doctor [--fix] [--repos DIR] [--json]",
		SuggestFor: []string{"check", "diagnose", "fix"},
		Short:      "Look at all that bears on Bitbucket, and mend it",
		Long: `Looks at all that bears on Bitbucket: git, the way to bbgit, credential helpers
and what they keep, .netrc, .git-credentials, URLs, submodules, SSH, proxy,
certificates, the keyring and the token. It says what is well, what is not, and
the command that mends it. Passwords and tokens are shown to Bitbucket, and to
nobody else.

With --fix it shows what it can mend, asks, and does it. Each change can be
undone, and the command for that is said. Nothing is forgotten that Bitbucket has
not just refused.

The exit status is 0 when all is well, and 1 when something is not.`,
		Example: `  bbgit ` + Word + ` doctor                 what is well, and what is not
  bbgit ` + Word + ` doctor --fix           mend it
  bbgit ` + Word + ` doctor --repos ~/src   look at all clones below a folder
  bbgit ` + Word + ` doctor --undo 3        take a change back
  bbgit ` + Word + ` doctor --json          the same for a script`,
		Args: atMost(0),
		RunE: func(c *cobra.Command, _ []string) error { return p.doctor(c, o) },
	}
	c.Flags().BoolVar(&o.fix, "fix", false, "mend what can be mended")
	c.Flags().BoolVarP(&o.yes, "yes", "y", false, "do not ask before mending")
	c.Flags().Var(namedText{&o.repos, "DIR"}, "repos", "look at all clones below this DIR")
	c.Flags().Var(namedText{&o.undo, "NUMBER"}, "undo", "take back the change of this NUMBER, or all")
	c.Flags().BoolVar(&o.json, "json", false, "write JSON, for scripts")
	_ = c.MarkFlagDirname("repos")
	return c
}

// mends is the command that mends what was found with these flags.
func (o doctorOptions) mends() string {
	line := "bbgit " + Word + " doctor"
	if o.repos != "" {
		line += " --repos " + realgit.TypedWord(terminal.Plain(o.repos))
	}
	return line + " --fix"
}

// check refuses flags that do not go together.
func (o doctorOptions) check() error {
	switch {
	case o.undo != "" && (o.fix || o.repos != "" || o.json):
		return usageError{errors.New("--undo goes with no other flag")}
	case o.yes && !o.fix:
		return usageError{errors.New("--yes goes with --fix")}
	case o.json && o.fix && !o.yes:
		return usageError{errors.New("--json asks nothing, so that --fix needs --yes with it")}
	}
	if o.repos != "" {
		if info, err := os.Stat(o.repos); err != nil || !info.IsDir() {
			return usageError{fmt.Errorf("--repos wants a folder, and %q is none", terminal.Plain(o.repos))}
		}
	}
	return nil
}

func (p *program) doctor(c *cobra.Command, o doctorOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	folder, err := vault.Dir()
	if err != nil {
		return err
	}
	asker := auth.NewAsker(p.tools)
	defer asker.Close()
	mender := doctor.Mender{Dir: folder, Vault: p.vault, Git: asker.Git(""), Now: time.Now}
	if o.undo != "" {
		return p.undo(c, mender, o.undo)
	}
	notes, err := asker.Folder(c.Context())
	if err != nil {
		return err
	}
	facts, err := doctor.Examine(c.Context(), doctor.Tools{
		Program: p.tools.Program, FindGit: p.tools.Git, Git: asker.Git, Folder: notes, Vault: p.vault, Keeping: keeping, Alias: p.newAlias(),
		Ask: func(ctx context.Context, user string, x secret.Secret, where bitbucket.Repository) bitbucket.Answer {
			return asker.Ask(ctx, user, x, where, bitbucket.Read).Answer
		},
		Say: p.progress(c),
	}, o.repos)
	if err != nil {
		return err
	}
	findings := doctor.Judge(facts)
	out := p.page(c)
	if o.json {
		return p.doctorJSON(c, out, mender, findings, o.fix)
	}
	out.text(doctor.Report(out.Style, findings))
	if !o.fix || len(doctor.Plan(findings)) == 0 {
		out.gap()
		out.text(doctor.Summary(out.Style, findings, o.mends()))
		return wellOr(findings, out)
	}
	return p.mend(c, out, mender, findings, o.yes)
}

// newAlias is what the command alias prints.
func (p *program) newAlias() doctor.NewAlias {
	s, ok := shellInUse()
	if !ok {
		return doctor.NewAlias{}
	}
	return doctor.NewAlias{Shell: s.name, File: s.file(), Lines: p.aliasLines(s)}
}

// keeping is what package auth calls the stores, and their troubles.
var keeping = doctor.Keeping{
	Place: func(store string) string { return string(auth.PlaceOf(store)) },
	Trouble: func(err error) (why, command string) {
		u := auth.UnkeptBy(err)
		_, command = u.Remedy()
		return u.Why(), command
	},
}

// wellOr is the exit status of a doctor that has changed nothing.
func wellOr(findings []doctor.Finding, out *page) error {
	if out.err == nil && !doctor.Well(findings) {
		return errQuiet
	}
	return out.err
}

// mend shows the plan, asks, and does it. All is well afterwards where each
// finding that wanted attention had a change, and each change was made.
func (p *program) mend(c *cobra.Command, out *page, mender doctor.Mender, findings []doctor.Finding, yes bool) error {
	plan := doctor.Plan(findings)
	out.gap()
	out.text(doctor.ShownPlan(out.Style, plan))
	out.text(doctor.WhereUndoIs(out.Style, plan, mender.Folder()))
	if !yes {
		if agreed, err := p.agrees(c, out); err != nil || !agreed {
			return err
		}
	}
	out.gap()
	well := true
	for _, fix := range plan {
		name, err := mender.Mend(c.Context(), fix)
		if err != nil {
			out.text(doctor.NotMended(out.Style, fix, err))
			well = false
			continue
		}
		out.text(doctor.Mended(out.Style, fix, name))
	}
	if rest := doctor.LeftToPerson(findings); len(rest) > 0 {
		out.gap()
		out.paragraph("What is left to you:")
		out.text(doctor.Report(out.Style, rest))
		well = false
	}
	if out.err == nil && !well {
		return errQuiet
	}
	return out.err
}

// agrees asks at the terminal.
func (p *program) agrees(c *cobra.Command, out *page) (bool, error) {
	screen, err := terminal.Open()
	if err != nil {
		return false, errors.New("there is no terminal to ask at: --fix --yes mends without asking")
	}
	defer screen.Close()
	return confirmed(c, out, screen, "Mend all of this?")
}

func (p *program) undo(c *cobra.Command, mender doctor.Mender, which string) error {
	names := []string{which}
	if which == "all" {
		if names = mender.Undoable(); len(names) == 0 {
			return doctor.ErrNoUndo
		}
	}
	out := p.page(c)
	complaints := p.pageOn(c.ErrOrStderr())
	well := true
	for _, name := range names {
		what, err := mender.Undo(c.Context(), name)
		if err != nil { // it keeps no other from being taken back
			complaints.text(complaints.Say(err.Error()))
			well = false
			continue
		}
		out.paragraph("Undone: %s.", what)
	}
	if out.err == nil && !well {
		return errQuiet
	}
	return out.err
}
