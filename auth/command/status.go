package command

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"bbgit/auth"
	"bbgit/auth/bitbucket"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
)

func newStatus(p *program) *cobra.Command {
	var check, asJSON bool
	c := &cobra.Command{
		Use:        "status",
		SuggestFor: []string{"list", "whoami", "tokens"},
		Short:      "Tell which accounts have a token, where it is kept, and how it fares",
		Long: `Tells which accounts have a token: its kind and its last four characters, where
it is kept, when it was added, when it expires, and when Bitbucket last took it.
The token itself is not shown.

With --check Bitbucket is asked about each token, for the repository where it
last worked. The exit status is 1 when there is no token, or when Bitbucket
refuses one.`,
		Example: "  bbgit " + Word + " status\n  bbgit " + Word + " status --check\n  bbgit " + Word + " status --json",
		Args:    atMost(0),
	}
	c.Flags().BoolVar(&check, "check", false, "ask Bitbucket about each token")
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON, for scripts")
	c.RunE = func(c *cobra.Command, _ []string) error {
		items, err := p.vault.List(c.Context())
		var list []kept
		for _, item := range items {
			k := keptOf(item)
			if check && !item.Token.IsZero() {
				k.Check = string(p.check(c.Context(), item))
			}
			list = append(list, k)
		}
		page := p.page(c)
		if asJSON {
			page.json(append([]kept{}, list...))
		} else {
			page.status(list, p.vault.Whole())
		}
		if page.err != nil {
			err = page.err
		}
		if err == nil && (len(list) == 0 || anyRefused(list)) {
			return errQuiet
		}
		return err
	}
	return c
}

// kept is what status tells of a token, by the names that a script sees.
type kept struct {
	Account  string     `json:"account"` // "" for any user name
	Kind     string     `json:"kind"`    // "API token", "access token", "unknown"; "" where the token cannot be read
	Token    string     `json:"token"`   // masked
	Store    string     `json:"store"`
	Added    *time.Time `json:"added,omitempty"`
	Expires  *time.Time `json:"expires,omitempty"`
	Latest   bool       `json:"expires_at_the_latest,omitempty"` // nobody has said when it expires
	Accepted *time.Time `json:"last_accepted,omitempty"`         // to the day
	Refused  *time.Time `json:"refused,omitempty"`
	Check    string     `json:"check,omitempty"`
}

func keptOf(item vault.Item) kept {
	k := kept{
		Account: item.Account.Name, Store: item.Store,
		Added: known(item.Added), Accepted: known(item.Accepted), Refused: known(item.Refused),
	}
	if !item.Token.IsZero() {
		k.Kind, k.Token = bitbucket.KindOf(item.Token.Reveal()).String(), item.Token.Masked()
	}
	expires, said := auth.ExpiryOf(item)
	k.Expires, k.Latest = known(expires), !said && !expires.IsZero()
	return k
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// What Bitbucket says of a token.
type verdict string

const (
	accepted    verdict = "accepted"
	refused     verdict = "refused"
	unchecked   verdict = "could not be checked"
	nowhereUsed verdict = "not checked: it was used nowhere yet"
)

// check asks Bitbucket about a token, where it last worked, and remembers what came of it.
func (p *program) check(ctx context.Context, item vault.Item) verdict {
	if len(item.Worked) == 0 {
		return nowhereUsed
	}
	asker := auth.NewAsker(p.tools)
	defer asker.Close()
	answer := asker.Ask(ctx, item.Username, item.Token, bitbucket.RepositoryOf(item.Worked[0]), bitbucket.Read).Answer
	switch {
	case answer == bitbucket.Accepted:
		_ = p.vault.MarkAccepted(ctx, item)
		_ = p.vault.NoteWorked(ctx, item.Account, item.Worked[0])
		return accepted
	case answer.Refused():
		_ = p.vault.MarkRefused(ctx, item)
		return refused
	}
	return unchecked
}

func anyRefused(list []kept) bool {
	for _, k := range list {
		if k.Check == string(refused) {
			return true
		}
	}
	return false
}

func (p *page) status(list []kept, whole bool) {
	switch {
	case !whole:
		p.paragraph("The list of accounts was damaged, so there may be tokens that are not shown. To forget them all, and to bring yours again:")
		p.command("bbgit " + Word + " logout")
		p.command("bbgit " + Word + " login")
	case len(list) == 0:
		p.paragraph("No token is kept. bbgit asks for one when Bitbucket wants it.")
	}
	if len(list) == 0 {
		return
	}
	titles := []string{"Account", "Token", "Added", "Expires", "Last accepted", "Kept in"}
	var rows [][]string
	for _, k := range list {
		row := []string{
			terminal.Plain(account(vault.Account{Name: k.Account})), k.state(), day(k.Added), k.expiry(), day(k.Accepted), string(auth.PlaceOf(k.Store)),
		}
		if k.Check != "" {
			row = append(row, k.Check)
		}
		rows = append(rows, row)
	}
	if slices.ContainsFunc(list, func(k kept) bool { return k.Check != "" }) {
		titles = append(titles, "Check")
	}
	p.table(titles, rows)
}

func (k kept) state() string {
	switch {
	case k.Token == "":
		return "cannot be read"
	case k.Refused != nil:
		return k.Token + ", refused " + day(k.Refused)
	}
	return k.Token
}

// expiry is a date, or the last one that is possible.
func (k kept) expiry() string {
	if k.Latest {
		return "by " + day(k.Expires)
	}
	return day(k.Expires)
}

func day(t *time.Time) string {
	if t == nil {
		return "?"
	}
	return t.Local().Format(time.DateOnly)
}
