package command

import (
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"bbgit/auth"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

func newStatus(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Tell which accounts have a token, where it is kept, and since when",
		Long: `Tells which accounts have a token, where it is kept, and since when. The token
itself is not shown. The exit status is 1 when there is none.`,
		Example: "  bbgit " + Word + " status",
		Args:    atMost(0),
		RunE:    func(c *cobra.Command, _ []string) error { return runStatus(c, p.vault) },
	}
}

func runStatus(c *cobra.Command, v *vault.Vault) error {
	items, err := v.List(c.Context())
	if err != nil && !errors.Is(err, vault.ErrNotFound) && len(items) == 0 {
		return err
	}
	if len(items) == 0 {
		write(c.OutOrStdout(), "No token is kept. bbgit asks for one when Bitbucket wants it.\n")
		return errQuiet
	}
	table := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
	write(table, "ACCOUNT\tTOKEN\tADDED\tKEPT IN\n")
	for _, item := range items {
		write(table, "%s\t%s\t%s\t%s\n", terminal.Plain(account(item.Account)), state(item), day(item.Added), auth.KeyringName())
	}
	if flushErr := table.Flush(); flushErr != nil {
		return fmt.Errorf("writing: %w", flushErr)
	}
	return err
}

func state(item vault.Item) string {
	switch {
	case item.Token.IsZero():
		return "(cannot be read)"
	case !item.Refused.IsZero():
		return item.Token.Masked() + ", refused " + day(item.Refused)
	}
	return item.Token.Masked()
}

func day(t time.Time) string {
	if t.IsZero() {
		return "?"
	}
	return t.Local().Format(time.DateOnly)
}
