package command

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bbgit/auth"
	"bbgit/auth/bitbucket"
	"bbgit/auth/doctor"
	"bbgit/auth/netrc"
	"bbgit/auth/realgit"
	"bbgit/auth/report"
	"bbgit/auth/secret"
	"bbgit/auth/store"
	"bbgit/auth/terminal"
	"bbgit/auth/trace"
)

func newBugReport(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "bug-report",
		Short: "Print what a report about a mistake in bbgit should have, without secrets",
		Long: `Prints a text about this machine, to be pasted into a report: versions, system,
shell, which git, credential helpers, settings, terminal and keyring. There is
nothing secret in it: no token, no password, and no names in URLs. Names of
repositories at Bitbucket are, so read it before you publish it. Nothing is
changed, nobody is asked, and the keyring stays as it is.

To have in it what bbgit did, let it write that down first: set BBGIT_TRACE to the
absolute path of a file, run the command that fails, and then this one.`,
		Example: "  bbgit " + Word + " bug-report\n  BBGIT_TRACE=/tmp/trace git push\n  BBGIT_TRACE=/tmp/trace bbgit " + Word + " bug-report",
		Args:    atMost(0),
		RunE:    func(c *cobra.Command, _ []string) error { return p.bugReport(c) },
	}
}

func (p *program) bugReport(c *cobra.Command) error {
	var entries []realgit.Entry
	if git, err := p.git(); err == nil {
		git.Stderr = nil
		entries, _ = git.Settings(c.Context())
	}
	var text bytes.Buffer
	draft := p.pageOn(c.OutOrStdout())
	draft.out = &text
	for i, s := range p.sections(c.Context(), entries) {
		if i > 0 {
			draft.gap()
		}
		draft.section(s)
	}
	out := p.page(c)
	secrets := append(report.Secrets(os.Environ(), entries), netrcSecret()...)
	out.text(secret.Without(text.String(), secrets...))
	return out.err
}

func (p *page) section(s report.Section) {
	p.paragraph("%s", s.Title)
	if len(s.Points)+len(s.Lines) == 0 {
		p.item("none")
	}
	for _, point := range s.Points {
		p.item("%s", point)
	}
	for _, line := range s.Lines {
		p.text("    " + line + "\n")
	}
}

func (p *program) sections(ctx context.Context, entries []realgit.Entry) []report.Section {
	helpers, settings := report.Settings(entries)
	values, names := report.Variables(os.Environ())
	if len(names) > 0 {
		values = append(values, "set, too: "+strings.Join(names, ", "))
	}
	all := []report.Section{
		{Title: "Versions", Points: p.versionPoints(ctx)},
		{Title: "How bbgit is reached", Points: p.reachPoints()},
		{Title: "Credential helpers that git asks about Bitbucket", Points: helpers},
		{Title: "Settings of git, with what could be secret left out", Points: settings},
		{Title: "Where tokens and passwords may be kept", Points: p.storePoints(ctx)},
		{Title: "Terminal", Points: terminalPoints()},
		{Title: "Environment", Points: values},
	}
	if file := trace.File(); file != "" {
		all = append(all, traceSection(file))
	}
	return all
}

func (p *program) versionPoints(ctx context.Context) []string {
	v := p.versions(ctx)
	points := []string{"system: " + report.System() + ", " + v.System}
	for _, pair := range v.pairs() {
		points = append(points, pair[0]+": "+terminal.Plain(realgit.ShownPath(pair[1])))
	}
	return points
}

func (p *program) reachPoints() []string {
	reach := doctor.FindReach(p.tools.Program)
	started := "an unknown program"
	if s, ok := shellOfProgram(parentProgram()); ok {
		started = s.name
	}
	points := []string{"started by " + started + "; the shell to log in to is " + report.Word(reach.Shell)}
	for _, a := range reach.Aliases {
		points = append(points, "alias git in "+terminal.Plain(realgit.ShownPath(a.File)))
	}
	if len(reach.Aliases) == 0 {
		points = append(points, "no alias git=bbgit in the start files of shells")
	}
	return append(points, report.Gits(os.Getenv("PATH"), p.tools.Program)...)
}

func (p *program) storePoints(ctx context.Context) []string {
	chosen, err := p.vault.Chosen(ctx)
	if err == nil {
		err = p.vault.Usable(ctx)
	}
	points := []string{"chosen for tokens: " + string(auth.PlaceOf(chosen))}
	if err != nil {
		points = []string{"chosen for tokens: " + terminal.Plain(err.Error())}
	}
	points = append(points, "the system's keyring: "+keyringState(ctx))
	if accounts, err := p.vault.Accounts(); err != nil {
		points = append(points, "the list of accounts cannot be read: "+terminal.Plain(err.Error()))
	} else {
		points = append(points, fmt.Sprintf("accounts with a token: %d", len(accounts)))
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return points
	}
	if _, found, err := netrc.Lookup(home, bitbucket.Host); found || err != nil {
		points = append(points, "there is an entry for "+bitbucket.Host+" in ~/.netrc, or one that cannot be read")
	}
	if _, err := os.Stat(filepath.Join(home, ".git-credentials")); err == nil {
		points = append(points, "there is a file ~/.git-credentials")
	}
	return points
}

// keyringState asks how it is, which unlocks nothing.
func keyringState(ctx context.Context) string {
	state, err := store.KeyringState(ctx)
	switch {
	case err != nil:
		return terminal.Plain(err.Error())
	case state == store.Locked:
		return "there, and locked"
	case state == store.Unlocked:
		return "there, and unlocked"
	}
	return "not known without using it"
}

func terminalPoints() (points []string) {
	for _, f := range []struct {
		name string
		file *os.File
	}{{"input", os.Stdin}, {"output", os.Stdout}, {"error", os.Stderr}} {
		point := "standard " + f.name + " is no terminal"
		if columns := terminal.Columns(f.file); columns > 0 {
			point = fmt.Sprintf("standard %s is a terminal of %d columns", f.name, columns)
		}
		points = append(points, point)
	}
	t, err := terminal.Open()
	if err != nil {
		return append(points, "no terminal to ask a person at")
	}
	defer t.Close()
	return append(points, fmt.Sprintf("a person can be asked at a terminal of %d columns", t.Width()))
}

func traceSection(file string) report.Section {
	s := report.Section{Title: "The end of the trace that " + trace.Variable + " names"}
	lines, err := report.Trace(file)
	switch {
	case err != nil:
		s.Points = []string{"it cannot be read: " + terminal.Plain(err.Error())}
	case len(lines) == 0:
		s.Points = []string{"there is nothing of bbgit's in it"}
	}
	s.Lines = lines
	return s
}

// netrcSecret is what must not be shown, whoever has put it where.
func netrcSecret() []secret.Secret {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	entry, _, _ := netrc.Lookup(home, bitbucket.Host)
	return []secret.Secret{secret.New(entry.Password)}
}
