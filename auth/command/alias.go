package command

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bbgit/auth/doctor"
	"bbgit/auth/realgit"
	"bbgit/auth/setup"
	"bbgit/auth/terminal"
)

func newAlias(p *program) *cobra.Command {
	var asJSON bool
	names := shellNames()
	c := &cobra.Command{
		Use:   "alias [" + strings.Join(names, "|") + "]",
		Short: "Print the lines that make git mean bbgit where you type it",
		Long: `Prints the lines that make git mean bbgit in your shell, with the completion of
git's words and of bbgit's. Which file they go into is said on standard error, so
that standard output has the lines alone. Without a word the shell is the one that
you type this in. No file is changed.`,
		Example: `  bbgit ` + Word + ` alias
  bbgit ` + Word + ` alias bash >>~/.bashrc
  bbgit ` + Word + ` alias fish --json`,
		ValidArgs: names,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{fmt.Errorf("too many words: %q", args[1:])}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return runAlias(p, c, args, asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON, for scripts")
	return c
}

func shellNames() (names []string) {
	for _, s := range aliasShells {
		names = append(names, s.name)
	}
	return names
}

func runAlias(p *program, c *cobra.Command, args []string, asJSON bool) error {
	s, ok := shellInUse()
	if len(args) == 1 {
		s, ok = shellNamed(args[0])
	}
	if !ok {
		return usageError{fmt.Errorf("for which shell? One of %s", strings.Join(shellNames(), ", "))}
	}
	lines := p.aliasLines(s)
	out := p.page(c)
	if asJSON {
		out.json(writtenLines{Shell: s.name, File: s.file(), Lines: lines})
		return out.err
	}
	p.sayWhere(c, s)
	out.text(strings.Join(lines, "\n") + "\n")
	return out.err
}

// aliasLines are the lines for one shell.
func (p *program) aliasLines(s shell) []string {
	lines := s.lines("bbgit")
	if folder := p.unreachable(); folder != "" {
		lines = append([]string{s.path(folder)}, lines...)
	}
	return lines
}

// writtenLines are what "alias --json" writes.
type writtenLines struct {
	Shell string   `json:"shell"`
	File  string   `json:"file"`
	Lines []string `json:"lines"`
}

// sayWhere tells what to do with the lines. It goes to standard error.
func (p *program) sayWhere(c *cobra.Command, s shell) {
	out := p.pageOn(c.ErrOrStderr())
	file := s.file()
	if s.isDone(doctor.FindReach(p.tools.Program)) {
		out.paragraph("The alias is in %s already: git means bbgit in every %s that you open from now on, so open a new terminal. Should one of these lines not be in there, it goes to the end.", file, s.name)
		out.gap()
		return
	}
	if s.more == "" && terminal.Columns(os.Stdout) == 0 { // they are on their way
		out.paragraph("With these lines at the end of %s git means bbgit where you type it in %s. Then open a new terminal.", file, s.name)
		return
	}
	out.paragraph("These lines make git mean bbgit where you type it in %s. They go to the end of %s; then open a new terminal.", s.name, file)
	more, typed := s.more, s.typed
	if more == "" {
		more, typed = "This puts them there:", "bbgit "+Word+" alias "+s.name+" >>"+file
	}
	out.paragraph("%s", more)
	out.text("  " + typed + "\n") // whole, as not every shell goes on behind a backslash
	out.gap()
}

// isDone tells that the file which the lines go into has the alias. Where only the
// shell knows which file that is, any that it reads will do.
func (s shell) isDone(r doctor.Reach) bool {
	file := realgit.AtHome(s.file())
	return slices.ContainsFunc(r.Aliases, func(a doctor.Alias) bool {
		return a.Shell == s.name && (a.File == file || !filepath.IsAbs(file))
	})
}

// unreachable is the folder of this program where PATH does not lead to bbgit; ""
// where it does.
func (p *program) unreachable() string {
	if _, err := exec.LookPath("bbgit"); err == nil {
		return ""
	}
	program := setup.FindProgram(os.Args[0], p.tools.Program, os.Getenv("PATH"))
	if program.Temporary {
		return ""
	}
	return filepath.Dir(program.Path)
}
