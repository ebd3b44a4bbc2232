package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func newCompletion(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Print what teaches a shell to complete these words",
		Long: `Prints a script for a shell. With it, Tab completes what follows
"bbgit ` + Word + `", and completes all else behind bbgit as behind git. The
completion of git must be there: it comes with git or the shell, and in bash the
package bash-completion loads it.

The packages of bbgit bring it along. Otherwise, put the line for your shell into
the file that it reads when it starts: ~/.bashrc, ~/.zshrc (behind compinit),
~/.config/fish/config.fish, or $PROFILE in PowerShell.`,
		Example: `  source <(bbgit ` + Word + ` completion bash)
  source <(bbgit ` + Word + ` completion zsh)
  bbgit ` + Word + ` completion fish | source
  bbgit ` + Word + ` completion powershell | Out-String | Invoke-Expression`,
		ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || scripts()[args[0]].generate == nil {
				return usageError{fmt.Errorf("for which shell? One of %s", strings.Join(shells, ", "))}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			script, err := Completion(args[0])
			if err != nil {
				return err
			}
			out := p.page(c)
			out.text(script)
			return out.err
		},
	}
}
