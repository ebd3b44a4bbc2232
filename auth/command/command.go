// Package command holds what follows "bbgit bitbucket": the words that are
// bbgit's own. It is the only importer of cobra, which never sees git's
// arguments.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bbgit/auth"
	"bbgit/auth/store"
	"bbgit/auth/terminal"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// Word is the one word of git's name space that bbgit takes.
const Word = "bitbucket"

// errQuiet ends a command with exit status 1 when all has been said.
var errQuiet = errors.New("")

// Run runs the words behind "bbgit bitbucket" and returns the exit status: 0,
// 1 when something failed or is not there, 2 for words that are not understood.
// The options are git's, which stand before "bitbucket".
func Run(options, args []string, tools auth.Tools) int {
	terminal.QuitQuietly()
	// Git asks a helper at every fetch: cobra would only be in the way.
	if len(args) == 2 && args[0] == "helper" {
		return auth.Helper(context.Background(), tools, args[1], os.Stdin, os.Stdout)
	}
	p := &program{tools: tools, vault: tools.Vault(sayWaiting), elsewhere: keptElsewhere}
	root := newRoot(p)
	root.SetArgs(args)
	word, rest, err := root.Find(args)
	if err == nil {
		tools.Trace.Notef("a word of bbgit's own: %s", word.CommandPath())
	}
	if err = refuseTokens(args); err == nil {
		err = obey(options)
	}
	if err == nil && word == root && !completes(args) {
		err = unknown(root, wordsIn(rest)) // cobra would show help for it, where that is asked for
	}
	if err == nil {
		ctx, leave := untilEnded(context.Background())
		err = root.ExecuteContext(ctx)
		leave(err)
	}
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errQuiet):
		return 1
	}
	out := p.pageOn(os.Stderr)
	out.text(p.complaint(err, out.Style))
	var usage usageError
	if errors.As(err, &usage) {
		out.paragraph("see: %s --help", word.CommandPath())
		return 2
	}
	return 1
}

// program is what the commands work with.
type program struct {
	tools auth.Tools
	vault *vault.Vault

	columns   func(io.Writer) int                                  // how wide a terminal is; nil to ask it
	elsewhere func(ctx context.Context, tools auth.Tools) []string // where credentials are that are not ours
}

// complaint is what a person reads of an error.
func (p *program) complaint(err error, style words.Style) string {
	if refused, ok := errors.AsType[auth.LoginRefused](err); ok {
		return refused.Say(style)
	}
	if unkept, ok := errors.AsType[notKeptError](err); ok {
		return style.NotKept(auth.UnkeptBy(unkept), false)
	}
	if _, ok := errors.AsType[*store.Error](err); ok {
		return style.StoreTrouble(auth.UnkeptBy(err))
	}
	return style.Say(err.Error())
}

// usageError says that the words were not understood.
type usageError struct{ error }

// sayWaiting tells what is waited for. Nobody waits for it: Ctrl-C ends the command.
func sayWaiting(_ context.Context, store string, _ func()) {
	fmt.Fprint(os.Stderr, words.Style{Width: columnsOf(os.Stderr)}.StoreWaits(auth.PlaceOf(store), false))
}

// Tree is the words with all that is told of them, for the manual pages that are
// made of it. It is not there to be run.
func Tree() *cobra.Command { return newRoot(&program{}) }

func newRoot(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   Word,
		Short: "Bring, see and forget API tokens for Bitbucket, and mend what is in their way",
		Long: `bbgit is git, with one thing added: when Bitbucket Cloud refuses a password,
bbgit explains why, asks for an API token once, keeps it in your keyring, and
carries your command through. Everything else goes to git as it is.

These are bbgit's own words. All the rest is git's: bbgit push is git push.

In the environment, BBGIT_TOKEN is a token for this command, BBGIT_GIT names the
real git, and BBGIT_TRACE=1, or the absolute path of a file, has bbgit write down
what it decides, and why.`,
		Example: `  bbgit ` + Word + ` doctor         what is not well, and what mends it
  bbgit ` + Word + ` status         which accounts have a token
  bbgit ` + Word + ` login          bring a new token before the old one expires
  bbgit ` + Word + ` logout         forget all tokens
  bbgit ` + Word + ` logout ada     forget the token of the account "ada"`,
		SilenceErrors:              true,
		SilenceUsage:               true,
		SuggestionsMinimumDistance: 2,
		Annotations:                map[string]string{cobra.CommandDisplayNameAnnotation: "bbgit " + Word},
		Args:                       unknown,
		RunE:                       func(c *cobra.Command, _ []string) error { return c.Help() },
		CompletionOptions:          cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { p.showHelp(c) })
	root.AddCommand(
		newAlias(p),
		newBugReport(p),
		newCompletion(p),
		newDoctor(p),
		newLogin(p),
		newLogout(p),
		newOpen(p),
		newSetup(p),
		newStatus(p),
		newVersion(p),
	)
	root.SetHelpCommand(newHelp(root))
	root.InitDefaultHelpCmd()
	return root
}

// unknown refuses a word that no command has.
func unknown(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var words []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			words = append(words, c.Name())
		}
	}
	if like := root.SuggestionsFor(args[0]); len(like) > 0 {
		return usageError{fmt.Errorf("%q is not a word of bbgit's own. Did you mean %s?", args[0], strings.Join(like, ", or "))}
	}
	return usageError{fmt.Errorf("%q is not a word of bbgit's own; they are %s", args[0], strings.Join(words, ", "))}
}

// completes tells that a shell asks what may follow (cobra's own word for that).
func completes(args []string) bool {
	return len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd)
}

// wordsIn are those of the arguments that are no flags.
func wordsIn(args []string) []string {
	return slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return strings.HasPrefix(arg, "-") })
}

// atMost is cobra.MaximumNArgs with an error of ours.
func atMost(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > n {
			return usageError{fmt.Errorf("too many words: %s", strings.Join(args[n:], " "))}
		}
		return nil
	}
}

// account is the name of an account as a person sees it.
func account(a vault.Account) string {
	if a.Name == "" {
		return "(any user name)"
	}
	return a.Name
}
