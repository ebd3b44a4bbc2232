package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
		Use:        "setup",
		SuggestFor: []string{"install", "set-up"},
		Short:      "Let RStudio, VS Code, scripts and all other programs use the token",
		Long: `An alias counts only where you type git. With this, git itself asks bbgit about
Bitbucket, whatever program calls it: RStudio, VS Code, other editors, scripts,
git-lfs. It adds four lines and a comment to the end of git's global
configuration, for https://bitbucket.org alone, and shows them before. Credential
helpers that are configured there already are asked behind bbgit, and are never
told your token.`,
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
	if program.Temporary { // git would have no helper at all when it is gone, not even those of before
		return fmt.Errorf("nothing was changed. This bbgit is in a temporary folder, %s, and git would not find it there later. "+
			"Put bbgit into a folder that stays, and run setup with that one", shown(filepath.Dir(program.Path)))
	}
	plan, err := setup.Make(c.Context(), git, program)
	if err != nil {
		return err
	}
	out := p.page(c)
	if plan.Done {
		out.paragraph("This is done already: every program that calls git can use your token. Nothing was changed.")
		return elsewhere(c, out, git)
	}
	out.paragraph("With these lines at the end of %s, every program that calls git (RStudio, VS Code, scripts) can use your token for Bitbucket:", shown(plan.File))
	out.lines(plan.Lines)
	if program.Versioned {
		out.paragraph("The folder of this bbgit has a version in its name. When an upgrade removes that folder, run this again.")
	}
	if ok, err := agreed(c, out, yes); err != nil || !ok {
		return err
	}
	if err := plan.Write(c.Context()); err != nil {
		return byHand(p, plan, err)
	}
	out.paragraph("They are written, and count from now on. This takes them out again:")
	out.command("bbgit " + Word + " setup --undo")
	return elsewhere(c, out, git)
}

// lines are shown as they stand in a file, between empty lines.
func (p *page) lines(lines []string) {
	p.text("\n" + strings.ReplaceAll(strings.Join(lines, "\n"), "\t", "    ") + "\n\n")
}

// agreed asks a person; a script has said what it wants.
func agreed(c *cobra.Command, out *page, yes bool) (bool, error) {
	if yes {
		return true, nil
	}
	screen, err := terminal.Open()
	if err != nil {
		return true, nil
	}
	defer screen.Close()
	return confirmed(c, out, screen, "Write them?")
}

// confirmed asks for a yes at the terminal, which Enter alone is, and says what
// comes of anything else: nothing.
func confirmed(c *cobra.Command, out *page, screen *terminal.Terminal, question string) (bool, error) {
	ok, err := auth.Confirm(c.Context(), screen, question, true)
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
