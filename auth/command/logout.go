package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"bbgit/auth"
	"bbgit/auth/bitbucket"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

func newLogout(p *program) *cobra.Command {
	return &cobra.Command{
		Use:        "logout [ACCOUNT]",
		SuggestFor: []string{"signout", "sign-out", "forget"},
		Short:      "Forget the token of one account, or all of them",
		Long: `Forgets the token of one account, or all tokens, wherever bbgit keeps them, and
says what other programs still keep for Bitbucket. A token stays valid at
Bitbucket until you revoke it there:
https://id.atlassian.com/manage-profile/security/api-tokens`,
		Example: "  bbgit " + Word + " logout\n  bbgit " + Word + " logout you",
		Args:    atMost(1),
		RunE: func(c *cobra.Command, args []string) error {
			page := p.page(c)
			err := p.forget(c, page, args)
			if err != nil {
				return err
			}
			page.elsewhere(p.elsewhere(c.Context(), p.tools))
			return page.err
		},
	}
}

func (p *program) forget(c *cobra.Command, page *page, args []string) error {
	if len(args) == 1 {
		return p.forgetOne(c, page, args[0])
	}
	return p.forgetAll(c, page)
}

func (p *program) forgetOne(c *cobra.Command, page *page, name string) error {
	a := vault.Account{Name: name}
	if name == account(vault.Account{}) {
		a = vault.Account{}
	}
	err := p.vault.Forget(c.Context(), a)
	if errors.Is(err, vault.ErrNotFound) {
		return fmt.Errorf("no token is kept for %s; see: bbgit %s status", terminal.Plain(name), Word)
	}
	if err != nil {
		return err
	}
	page.forgotten(a)
	return nil
}

func (p *program) forgetAll(c *cobra.Command, page *page) error {
	items, err := p.vault.Accounts()
	if err != nil {
		return err
	}
	whole := p.vault.Whole()
	if err := p.vault.ForgetAll(c.Context()); err != nil {
		return err
	}
	if !whole {
		page.paragraph("Whatever bbgit kept is forgotten on this computer. (The list of accounts was damaged, so it cannot say what that was.)")
		page.revoke()
		return nil
	}
	if len(items) == 0 {
		page.paragraph("There was no token to forget.")
		return nil
	}
	var accounts []vault.Account
	for _, item := range items {
		accounts = append(accounts, item.Account)
	}
	page.forgotten(accounts...)
	return nil
}

// forgotten says what is gone, and what forgetting is not.
func (p *page) forgotten(accounts ...vault.Account) {
	for _, a := range accounts {
		of := " of " + terminal.Plain(a.Name)
		if a.Name == "" {
			of = ", which served any user name,"
		}
		p.paragraph("The token%s is forgotten on this computer.", of)
	}
	p.revoke()
}

func (p *page) revoke() {
	p.paragraph("At Bitbucket it is valid until you revoke it:")
	p.text(bitbucket.TokenPage + "\n")
}

// keptElsewhere is what other programs still keep.
func keptElsewhere(ctx context.Context, tools auth.Tools) []string {
	asker := auth.NewAsker(tools)
	defer asker.Close()
	return asker.Elsewhere(ctx)
}

func (p *page) elsewhere(places []string) {
	for _, place := range places {
		p.paragraph("A credential for Bitbucket that is not bbgit's is still %s.", place)
	}
	if len(places) > 0 {
		p.paragraph("Helpers of git's forget theirs with:")
		p.command(`printf 'protocol=https\nhost=bitbucket.org\n\n' | git credential reject`)
	}
}
