package command

import (
	"github.com/spf13/cobra"

	"bbgit/auth"
	"bbgit/auth/bitbucket"
)

func newOpen(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "open",
		Short: "Open the page where API tokens are made and revoked",
		Long: `Opens, in your browser, the page where API tokens are made and revoked, and prints
its address. Where no browser can be opened, as over ssh, the address is all.`,
		Example: "  bbgit " + Word + " open",
		Args:    atMost(0),
		RunE:    func(c *cobra.Command, _ []string) error { return runOpen(p, c) },
	}
}

// runOpen succeeds without a browser, too: the address is what is needed.
func runOpen(p *program, c *cobra.Command) error {
	out := p.page(c)
	if err := auth.OpenTokenPage(); err != nil {
		p.tools.Trace.Notef("no page is opened: %v", err)
		out.paragraph("No browser can be opened from here. The page where tokens are made is")
	} else {
		out.paragraph("The page where tokens are made is opening in your browser:")
	}
	out.text(bitbucket.TokenPage + "\n")
	return out.err
}
