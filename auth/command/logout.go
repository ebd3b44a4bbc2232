package command

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

func newLogout(v *vault.Vault) *cobra.Command {
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
				return forgetOne(c, v, args[0])
			}
			return forgetAll(c, v)
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
	write(c.OutOrStdout(), "The token of %s is forgotten.\n", terminal.Plain(account(a)))
	return nil
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
		write(c.OutOrStdout(), "No token was kept.\n")
	}
	for _, item := range items {
		write(c.OutOrStdout(), "The token of %s is forgotten.\n", terminal.Plain(account(item.Account)))
	}
	return nil
}
