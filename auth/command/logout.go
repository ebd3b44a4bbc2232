package command

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"bbgit/auth/bitbucket"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

func newLogout(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "logout [ACCOUNT]",
		Short: "Forget the token of one account, or all of them",
		Long: `Forgets the token of one account, or all tokens. A token stays valid at
Bitbucket until you revoke it there:
https://id.atlassian.com/manage-profile/security/api-tokens`,
		Example: "  bbgit " + Word + " logout\n  bbgit " + Word + " logout you",
		Args:    atMost(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				return forgetOne(c, p.vault, args[0])
			}
			return forgetAll(c, p.vault)
		},
	}
}

func forgetOne(c *cobra.Command, v *vault.Vault, name string) error {
	a := vault.Account{Name: name}
	if name == account(vault.Account{}) {
		a = vault.Account{}
	}
	err := v.Forget(c.Context(), a)
	if errors.Is(err, vault.ErrNotFound) {
		return fmt.Errorf("no token is kept for %s; see: bbgit %s status", terminal.Plain(name), Word)
	}
	if err != nil {
		return err
	}
	forgotten(c, a)
	stillValid(c)
	return nil
}

func forgotten(c *cobra.Command, a vault.Account) {
	write(c.OutOrStdout(), "The token of %s is forgotten on this computer.\n", terminal.Plain(account(a)))
}

// stillValid says what forgetting is not.
func stillValid(c *cobra.Command) {
	write(c.OutOrStdout(), "At Bitbucket it is valid until you revoke it:\n%s\n", bitbucket.TokenPage)
}

func forgetAll(c *cobra.Command, v *vault.Vault) error {
	items, err := v.List(c.Context())
	if err != nil && len(items) == 0 && !errors.Is(err, vault.ErrNotFound) {
		return err
	}
	if err := v.ForgetAll(c.Context()); err != nil {
		return err
	}
	if len(items) == 0 {
		write(c.OutOrStdout(), "There was no token to forget.\n")
		return nil
	}
	for _, item := range items {
		forgotten(c, item.Account)
	}
	stillValid(c)
	return nil
}
