package command

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// A page is what a command shows to a person. It fits the terminal, up to 80
// columns: text wraps, and a table that is too wide becomes a list. It is read from
// top to bottom, so it does for a screen reader, for a pipe and for a dumb
// terminal: nothing moves the cursor, and nothing is told by colour.
//
// What a server or a repository has written goes through terminal.Plain first.
type page struct {
	words.Style
	out io.Writer
	err error // the first one in writing
}

// page is the command's standard output.
func (p *program) page(c *cobra.Command) *page { return p.pageOn(c.OutOrStdout()) }

// pageOn is where a command writes otherwise, such as standard error.
func (p *program) pageOn(out io.Writer) *page {
	columns := p.columns
	if columns == nil {
		columns = columnsOf
	}
	return &page{Style: words.Style{Width: columns(out)}, out: out}
}

// columnsOf is how wide a terminal is, and 0 for what is none.
func columnsOf(out io.Writer) int {
	if f, ok := out.(*os.File); ok {
		return terminal.Columns(f)
	}
	return 0
}

// text writes what has been laid out.
func (p *page) text(laidOut string) {
	if _, err := io.WriteString(p.out, laidOut); err != nil && p.err == nil {
		p.err = fmt.Errorf("writing: %w", err)
	}
}

func (p *page) paragraph(format string, args ...any) {
	p.text(p.Paragraph(fmt.Sprintf(format, args...)))
}
func (p *page) item(format string, args ...any)        { p.text(p.Item(fmt.Sprintf(format, args...))) }
func (p *page) command(line string)                    { p.text(p.Command(line)) }
func (p *page) table(titles []string, rows [][]string) { p.text(p.Table(titles, rows)) }
func (p *page) gap()                                   { p.text("\n") }

// json writes what a script reads, for the flag --json.
func (p *page) json(value any) {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		p.err = err
		return
	}
	p.text(string(text) + "\n")
}
