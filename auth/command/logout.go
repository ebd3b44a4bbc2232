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
				return forgetOne(c, p.page(c), p.vault, args[0])
			}
			return forgetAll(c, p.page(c), p.vault)
		},
	}
}

func forgetOne(c *cobra.Command, out *page, v *vault.Vault, name string) error {
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
	out.forgotten(a)
	out.stillValid()
	return out.err
}

func (p *page) forgotten(a vault.Account) {
	p.paragraph("The token of %s is forgotten on this computer.", terminal.Plain(account(a)))
}

// stillValid says what forgetting is not.
func (p *page) stillValid() {
	p.paragraph("At Bitbucket it is valid until you revoke it:")
	p.text(bitbucket.TokenPage + "\n")
}

func forgetAll(c *cobra.Command, out *page, v *vault.Vault) error {
	items, err := v.List(c.Context())
	if err != nil && len(items) == 0 && !errors.Is(err, vault.ErrNotFound) {
		return err
	}
	if err := v.ForgetAll(c.Context()); err != nil {
		return err
	}
	if len(items) == 0 {
		out.paragraph("There was no token to forget.")
		return out.err
	}
	for _, item := range items {
		out.forgotten(item.Account)
	}
	out.stillValid()
	return out.err
}
