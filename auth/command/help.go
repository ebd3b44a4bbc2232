package command

import (
	"strings"

	"github.com/spf13/cobra"
)

func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [WORD]",
		Short: "Tell more about a word",
		Long:  "Tells what a word does, and which flags it takes: the same as WORD --help.",
		Args:  atMost(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) (names []string, _ cobra.ShellCompDirective) {
			for _, word := range ownWords(root) {
				names = append(names, word[0]+"\t"+word[1])
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			word, _, err := root.Find(args)
			if err == nil && word == root {
				err = unknown(root, args)
			}
			if err != nil {
				return err
			}
			return word.Help()
		},
	}
}

// showHelp is cobra's help, but laid out for the width of the terminal.
func (p *program) showHelp(c *cobra.Command) {
	out := p.page(c)
	out.blocks(c.Long)
	out.text("\nUsage:\n")
	out.text(out.Pairs([][2]string{{usage(c)}}))
	if words := ownWords(c); len(words) > 0 {
		out.text("\nWords:\n")
		out.text(out.Pairs(words))
	}
	if c.HasExample() {
		out.text("\nExamples:\n")
		out.examples(c.Example)
	}
	if flags := inPairs(c.LocalFlags().FlagUsages()); len(flags) > 0 {
		out.text("\nFlags:\n")
		out.text(out.Pairs(flags))
	}
	if c.HasAvailableSubCommands() {
		out.gap()
		out.paragraph(`Use "%s WORD --help" for more about a word.`, c.CommandPath())
	}
}

func usage(c *cobra.Command) string {
	if c.HasAvailableSubCommands() {
		return c.CommandPath() + " WORD"
	}
	return c.UseLine()
}

// ownWords are the words that may follow, and what each does.
func ownWords(c *cobra.Command) (pairs [][2]string) {
	for _, word := range c.Commands() {
		if word.IsAvailableCommand() {
			pairs = append(pairs, [2]string{word.Name(), word.Short})
		}
	}
	return pairs
}

// blocks lays out a text of several paragraphs, with an empty line between them.
// A paragraph of indented lines is shown as it is.
func (p *page) blocks(text string) {
	for i, block := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			p.gap()
		}
		if strings.HasPrefix(block, " ") {
			p.text(block + "\n")
		} else {
			p.text(p.Paragraph(block))
		}
	}
}

// examples are lines to type, each with what it does, or without.
func (p *page) examples(text string) { p.text(p.Examples(inPairs(text))) }

// inPairs takes lines apart in two, at two spaces or more.
func inPairs(text string) (pairs [][2]string) {
	for line := range strings.Lines(text) {
		if name, does, _ := strings.Cut(strings.TrimSpace(line), "  "); name != "" {
			pairs = append(pairs, [2]string{name, strings.TrimSpace(does)})
		}
	}
	return pairs
}
