package command

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bbgit/auth"
	"bbgit/auth/bitbucket"
	"bbgit/auth/store"
	"bbgit/auth/terminal"
)

func newLogin(p *program) *cobra.Command {
	var l auth.Login
	var expires string
	var piped bool
	c := &cobra.Command{
		Use:        "login [REPOSITORY]",
		SuggestFor: []string{"signin", "sign-in", "auth", "token"},
		Short:      "Bring an API token, or a new one in place of the old",
		Long: `Asks for an API token without showing it, has Bitbucket check it, and keeps it.
You need not do this: bbgit asks by itself when Bitbucket wants a token. It is for
bringing a new one before the old one expires, for a second account, and for
scripts that set up a computer.

Bitbucket can be asked about a token only for a repository. That is the one of
the clone that you stand in, one where a token has worked before, or REPOSITORY:
its address, or WORKSPACE/NAME.

A token is never taken from the command line, where every program could read it
and your shell would write it into its history.`,
		Example: "  bbgit " + Word + " login\n" +
			"  bbgit " + Word + " login --expires 2027-06-30\n" +
			"  bbgit " + Word + " login --username ada team/app\n" +
			"  pass show bitbucket | bbgit " + Word + " login --with-token team/app",
		Args: atMost(1),
	}
	c.Flags().Var(namedText{&l.Account, "NAME"}, "username", "keep it for remotes with this user NAME in their URL")
	c.Flags().Var(namedText{&expires, "DATE"}, "expires", "the DATE on which it expires, as 2027-06-30")
	c.Flags().BoolVar(&piped, "with-token", false, "read the token from a pipe or a file on standard input")
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		if l.Expires, err = readExpiry(expires, time.Now()); err != nil {
			return usageError{err}
		}
		if strings.ContainsAny(l.Account, "/:@ ") {
			return usageError{errors.New("--username wants the user name from a remote's URL, as in https://NAME@bitbucket.org/…")}
		}
		if len(args) == 1 {
			var ok bool
			if l.Repository, ok = auth.ReadRepository(args[0]); !ok {
				return usageError{fmt.Errorf("%q is no repository at Bitbucket; write its address, or WORKSPACE/NAME", terminal.Plain(args[0]))}
			}
		}
		if piped && !terminal.Is(c.InOrStdin()) { // what is pasted at a terminal would be shown
			return p.logInWith(c, l)
		}
		return p.logIn(c, l)
	}
	return c
}

func (p *program) logIn(c *cobra.Command, l auth.Login) error {
	err := auth.LogIn(c.Context(), p.tools, l)
	switch {
	case errors.Is(err, auth.ErrNotLoggedIn):
		return errQuiet
	case errors.Is(err, auth.ErrNoTerminal), errors.Is(err, auth.ErrNotToAsk):
		return fmt.Errorf("%w. Give it the token through a pipe: bbgit %s login --with-token", err, Word)
	}
	return err
}

// longestInput bounds what is read from a pipe, in bytes; a token has some hundred.
const longestInput = 64 << 10

func (p *program) logInWith(c *cobra.Command, l auth.Login) error {
	text, err := io.ReadAll(io.LimitReader(c.InOrStdin(), longestInput))
	if err != nil {
		return fmt.Errorf("reading the token: %w", err)
	}
	item, err := auth.LogInWith(c.Context(), p.tools, l, string(text))
	if errors.Is(err, auth.ErrNoRepository) {
		return fmt.Errorf("%w. Stand in a clone, or name one: bbgit %s login --with-token WORKSPACE/NAME", err, Word)
	}
	if _, ok := errors.AsType[*store.Error](err); ok {
		return notKeptError{err}
	}
	if err != nil {
		return err
	}
	page := p.page(c)
	page.text(page.Kept(auth.PlaceOf(item.Store), false))
	return page.err
}

// notKeptError is that a token which Bitbucket takes could not be kept.
type notKeptError struct{ error }

func (e notKeptError) Unwrap() error { return e.error }

// readExpiry reads a date. A token expires in the course of that day, and lives a year at most.
func readExpiry(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, time.Local)
	switch {
	case err != nil:
		return time.Time{}, fmt.Errorf("--expires wants a date like %s", now.AddDate(1, 0, -1).Format(time.DateOnly))
	case day.Before(now.AddDate(0, 0, -1)):
		return time.Time{}, fmt.Errorf("--expires is in the past: %s", text)
	case day.After(now.Add(bitbucket.TokenLife + 24*time.Hour)):
		return time.Time{}, fmt.Errorf("--expires is too far away: a token lives a year at most, until %s", now.Add(bitbucket.TokenLife).Format(time.DateOnly))
	}
	return day, nil
}

// refuseTokens refuses command lines that hold a token, before anything repeats them.
func refuseTokens(args []string) error {
	for _, arg := range args {
		_, value, _ := strings.Cut(arg, "=")
		for _, text := range []string{arg, value} {
			switch bitbucket.KindOf(text) {
			case bitbucket.APIToken, bitbucket.AccessToken, bitbucket.AppPassword:
				return usageError{fmt.Errorf("a token does not belong on the command line: other programs can read it there, and the shell keeps it in its history. Take it out of the history, and type: bbgit %s login", Word)}
			}
		}
	}
	return nil
}
