package command

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// on is a terminal of so many columns.
func on(columns int) func(io.Writer) int { return func(io.Writer) int { return columns } }

// runOn runs the words behind "bbgit bitbucket" where a terminal is that wide.
func runOn(t *testing.T, columns int, p *program, words ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	p.columns = on(columns)
	root := newRoot(p)
	root.SetArgs(words)
	root.SetOut(&out)
	root.SetErr(&out)
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

// every is each command that a person can type, with those below it.
func every(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			all = append(all, every(below)...)
		}
	}
	return all
}

// checkPage looks for what a narrow, dumb or spoken terminal does not take.
func checkPage(t *testing.T, what, text string, columns int) {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		words := strings.Fields(line)
		if len([]rune(line)) > columns && len(words) > 1 && words[len(words)-1] != "\\" {
			t.Errorf("%s at %d columns: %q is too wide", what, columns, line)
		}
		if strings.ContainsAny(line, "\x1b\r\b\a\v\f") {
			t.Errorf("%s moves the cursor or colours: %q", what, line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("%s: white space at the end of %q", what, line)
		}
	}
}

// A person reads help at 80 columns, in half of a window, or has it read out.
func TestHelp(t *testing.T) {
	t.Parallel()
	for _, columns := range []int{80, 40} {
		for _, c := range every(newRoot(&program{vault: newVault(t)})) {
			words := strings.Fields(c.CommandPath())[2:]
			out, err := runOn(t, columns, &program{vault: newVault(t)}, append(words, "--help")...)
			if err != nil || !strings.Contains(out, "\nUsage:\n") || c.Short == "" || c.Long == "" || c.Example == "" {
				t.Errorf("%s: %v", c.CommandPath(), err)
			}
			checkPage(t, c.CommandPath()+" --help", out, columns)
		}
	}
}
