package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"bbgit/auth"
	"bbgit/auth/envconfig"
	"bbgit/auth/pattern"
	"bbgit/auth/realgit"
	"bbgit/auth/setup"
	"bbgit/auth/terminal"
	"bbgit/auth/textfile"
)

func newSetup(p *program) *cobra.Command {
	var undo, yes bool
	c := &cobra.Command{
		Use:   "setup",
		Short: "Let editors, scripts and git-lfs use the token, whatever git they call",
		Long: `Lets git itself ask bbgit about Bitbucket, and so every program that calls git:
editors, RStudio, scripts, git-lfs. For that it adds four lines and a comment to
the end of git's global configuration, for https://bitbucket.org alone, and shows
them before. Helpers that are configured there already are asked behind bbgit, and
are never told your token.`,
		Example: "  bbgit " + Word + " setup\n  bbgit " + Word + " setup --undo",
		Args:    atMost(0),
		RunE: func(c *cobra.Command, _ []string) error {
			if undo {
				return runUndo(p, c)
			}
			return runSetup(p, c, yes)
		},
	}
	c.Flags().BoolVar(&undo, "undo", false, "take the lines out again; the rest of the file stays as it is")
	c.Flags().BoolVarP(&yes, "yes", "y", false, "write without asking")
	return c
}

// git is the real git, in the folder of the command.
func (p *program) git() (*realgit.Git, error) {
	path, err := p.tools.Git()
	if err != nil {
		return nil, err
	}
	return &realgit.Git{Path: path, Helper: envconfig.HelperCommand(p.tools.Program), Env: os.Environ(), Stderr: os.Stderr}, nil
}

func runSetup(p *program, c *cobra.Command, yes bool) error {
	git, err := p.git()
	if err != nil {
		return err
	}
	program := setup.FindProgram(os.Args[0], p.tools.Program, os.Getenv("PATH"))
	plan, err := setup.Make(c.Context(), git, program)
	if err != nil {
		return err
	}
	out := p.page(c)
	if plan.Done {
		out.paragraph("Git asks bbgit about Bitbucket already. Nothing was changed.")
		return elsewhere(c, out, git)
	}
	out.paragraph("These lines at the end of %s let git ask bbgit about Bitbucket:", shown(plan.File))
	out.lines(plan.Lines)
	warn(out, program)
	if ok, err := agreed(c, out, program, yes); err != nil || !ok {
		return err
	}
	if err := plan.Write(c.Context()); err != nil {
		return byHand(p, plan, err)
	}
	out.paragraph("They are written. Every program that calls git can use your token now. To take them out again: bbgit %s setup --undo", Word)
	return elsewhere(c, out, git)
}

// lines are shown as they stand in a file, between empty lines.
func (p *page) lines(lines []string) {
	p.text("\n" + strings.ReplaceAll(strings.Join(lines, "\n"), "\t", "    ") + "\n\n")
}

func warn(out *page, program setup.Program) {
	switch {
	case program.Temporary:
		out.paragraph("But this bbgit stands in a temporary folder, and git will not find it when that is gone. Install it first, and run this again.")
	case program.Versioned:
		out.paragraph("This bbgit stands in a folder of its version. Where an upgrade removes that, run this again.")
	}
}

// agreed asks a person; a script has said what it wants. A path that will be gone
// is not written without a yes: git would have no helper at all then.
func agreed(c *cobra.Command, out *page, program setup.Program, yes bool) (bool, error) {
	if yes {
		return true, nil
	}
	screen, err := terminal.Open()
	switch {
	case err == nil:
		defer screen.Close()
	case program.Temporary:
		return false, errors.New("nothing was changed; --yes writes the lines all the same")
	default:
		return true, nil
	}
	return confirmed(c, out, screen, "Write them?", !program.Temporary)
}

// confirmed asks for a yes at the terminal, and says what comes of anything else:
// nothing.
func confirmed(c *cobra.Command, out *page, screen *terminal.Terminal, question string, usual bool) (bool, error) {
	ok, err := auth.Confirm(c.Context(), screen, question, usual)
	if errors.Is(err, context.Canceled) { // by a signal, which ends the command
		return false, err
	}
	if err != nil || !ok {
		out.paragraph("Nothing was changed.")
		return false, errQuiet
	}
	return true, nil
}

// byHand helps where the file belongs to another program.
func byHand(p *program, plan setup.Plan, err error) error {
	var refused *textfile.NotWritable
	if !errors.As(err, &refused) {
		return err
	}
	out := p.pageOn(os.Stderr)
	out.text(out.Say(fmt.Sprintf("%s cannot be changed: %v. Where another program writes it, let that put these lines at its end, behind all other helpers:",
		shown(refused.File), refused.Err)))
	out.lines(plan.Lines)
	return errQuiet
}

// elsewhere names helpers of this folder that git tells of every credential.
func elsewhere(c *cobra.Command, out *page, git *realgit.Git) error {
	entries, err := git.AllSettings(c.Context())
	if err != nil {
		return err
	}
	ours, others := realgit.Installed(entries)
	if ours {
		for _, e := range others {
			out.paragraph("In this folder git also has the helper %q, and would hand the token to it. So bbgit does not give git the token here. To take that helper out:",
				realgit.KeepingHelper(e.Value).Shown())
			out.command(realgit.TakeOut(e, entries, "^"+pattern.Quote(e.Value)+"$"))
		}
	}
	return out.err
}

func runUndo(p *program, c *cobra.Command) error {
	git, err := p.git()
	if err != nil {
		return err
	}
	out := p.page(c)
	files, err := setup.Undo(c.Context(), git)
	for _, file := range files {
		out.paragraph("The lines are taken out of %s.", shown(file))
	}
	if err != nil {
		return err
	}
	if len(files) == 0 {
		out.paragraph("There was nothing to take out.")
	}
	entries, err := git.AllSettings(c.Context())
	if err != nil {
		return err
	}
	for _, e := range entries {
		if realgit.NamesHelper(e.Key) && realgit.KeepingHelper(e.Value).IsOurs() {
			out.paragraph("Git still asks bbgit, by lines that were written otherwise, in %s.", shown(e.File()))
		}
	}
	return out.err
}

func shown(file string) string { return terminal.Plain(realgit.ShownPath(file)) }
