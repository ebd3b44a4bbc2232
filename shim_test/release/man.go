package main

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"

	"github.com/spf13/cobra"

	"bbgit/auth/build"
)

//go:embed bbgit.1
var wrapperPage string

// manPages are the manual pages by the names of their files: bbgit.1, which tells
// what the wrapper does, and one for each command, as they say it themselves.
// Cobra has such pages, too, but reads its texts as Markdown, and ours are none.
func manPages(root *cobra.Command, info build.Info) (map[string]string, error) {
	pages := make(map[string]string)
	var list strings.Builder
	var add func(*cobra.Command)
	add = func(c *cobra.Command) {
		pages[pageName(c)+".1"] = manPage(c, info)
		fmt.Fprintf(&list, ".TP\n.BR %s (1)\n%s\n", roff(pageName(c)), roff(c.Short))
		for _, word := range c.Commands() {
			if word.IsAvailableCommand() {
				add(word)
			}
		}
	}
	add(root)
	page, err := template.New("bbgit.1").Parse(wrapperPage)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	err = page.Execute(&text, map[string]string{"Title": title("bbgit", info), "Pages": strings.TrimSpace(list.String())})
	pages["bbgit.1"] = text.String()
	return pages, err
}

// pageName is what a person gives to man(1), as for the commands of git.
func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func title(name string, info build.Info) string {
	return fmt.Sprintf(".TH %s 1 %s %q %q", roff(strings.ToUpper(name)), info.Time.UTC().Format("2006-01-02"), "bbgit "+info.Version, "bbgit Manual")
}

func manPage(c *cobra.Command, info build.Info) string {
	var page strings.Builder
	section := func(name, body string) { fmt.Fprintf(&page, ".SH %s\n%s", name, body) }

	fmt.Fprintln(&page, title(pageName(c), info))
	section("NAME", fmt.Sprintf("%s \\- %s\n", roff(pageName(c)), roff(c.Short)))
	section("SYNOPSIS", synopsis(c))
	section("DESCRIPTION", blocks(c.Long))
	if words := subcommands(c); words != "" {
		section("WORDS", words)
	}
	c.InitDefaultHelpFlag()
	section("OPTIONS", pairs(c.LocalFlags().FlagUsages()))
	section("EXAMPLES", pairs(c.Example))
	section("SEE ALSO", seeAlso(c))
	return page.String()
}

func synopsis(c *cobra.Command) string {
	path, rest := c.CommandPath(), strings.TrimPrefix(c.UseLine(), c.CommandPath())
	if c.HasAvailableSubCommands() {
		rest = " WORD"
	}
	return fmt.Sprintf(".B %s\n%s\n", roff(path), roff(strings.TrimSpace(rest)))
}

func subcommands(c *cobra.Command) string {
	var list strings.Builder
	for _, word := range c.Commands() {
		if word.IsAvailableCommand() {
			fmt.Fprintf(&list, ".TP\n.BR %s (1)\n%s\n", roff(pageName(word)), roff(word.Short))
		}
	}
	return list.String()
}

func seeAlso(c *cobra.Command) string {
	if !c.HasParent() {
		return ".BR bbgit (1),\n.BR git (1)\n"
	}
	return fmt.Sprintf(".BR bbgit (1),\n.BR %s (1)\n", roff(pageName(c.Parent())))
}

// blocks is a text of paragraphs with an empty line between them. A paragraph of
// indented lines is shown as it is.
func blocks(text string) string {
	var page strings.Builder
	for i, block := range strings.Split(strings.TrimSpace(text), "\n\n") {
		switch {
		case strings.HasPrefix(block, " "):
			fmt.Fprintf(&page, ".PP\n.EX\n%s\n.EE\n", roff(block))
		case i > 0:
			fmt.Fprintf(&page, ".PP\n%s\n", roff(block))
		default:
			fmt.Fprintf(&page, "%s\n", roff(block))
		}
	}
	return page.String()
}

// pairs are lines of something to type, and what it does behind two spaces or more.
func pairs(text string) string {
	var page strings.Builder
	for i, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		typed, does, told := strings.Cut(strings.TrimSpace(line), "  ")
		switch {
		case told:
			fmt.Fprintf(&page, ".TP\n.B %s\n%s\n", roff(typed), roff(strings.TrimSpace(does)))
		case i > 0:
			fmt.Fprintf(&page, ".PP\n.B %s\n", roff(typed))
		default:
			fmt.Fprintf(&page, ".B %s\n", roff(typed))
		}
	}
	return page.String()
}

// roff is text that a formatter of manual pages shows as it is (groff_man(7)).
func roff(text string) string {
	var page strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			page.WriteByte('\n')
		}
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			page.WriteString(`\&`)
		}
		for _, r := range line {
			switch special, ok := specials[r]; {
			case ok:
				page.WriteString(special)
			case r > '~':
				fmt.Fprintf(&page, `\[u%04X]`, r)
			default:
				page.WriteRune(r)
			}
		}
	}
	return page.String()
}

var specials = map[rune]string{'\\': `\e`, '-': `\-`, '~': `\(ti`, '^': `\(ha`, '`': `\(ga`, '\'': `\(aq`, '"': `\(dq`}
