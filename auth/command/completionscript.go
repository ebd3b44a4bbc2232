package command

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

// A completionScript is cobra's for a program, made to complete the words of one
// word of it. Git is completed by git's own completion, which asks ours in turn
// for the words behind "bitbucket".
type completionScript struct {
	name     string // what it completes, and how its functions are called
	generate func(*cobra.Command, *bytes.Buffer) error
	edits    []string // a text of cobra's, what stands there instead, and so on
	tail     string
}

// scripts are those for each shell. As a variable the map would be made whenever git is called.
func scripts() map[string]completionScript {
	return map[string]completionScript{
		"bash": {
			name:     "bbgit",
			generate: func(c *cobra.Command, out *bytes.Buffer) error { return c.GenBashCompletionV2(out, true) },
			tail: `
# What git's completion asks for the words behind "bitbucket".
_git_bitbucket()
{
    [[ ${words[1]} == bitbucket ]] || return
    local out directive
    words=("${words[0]} bitbucket" "${words[@]:2:cword-1}")
    compopt +o nospace 2>/dev/null
    __bbgit_get_completion_results
    __bbgit_process_completion_results
}

# All words of git, and one more.
__bbgit_main()
{
    __git_main
    if [[ $cword == 1 && bitbucket == "$cur"* ]]; then
        COMPREPLY+=("bitbucket ")
    fi
}

complete -r bbgit
if ! declare -F __git_complete >/dev/null && declare -F _completion_loader >/dev/null; then
    _completion_loader git
fi
if declare -F __git_complete >/dev/null; then
    __git_complete bbgit __bbgit_main
    if [[ ${BASH_ALIASES[git]-} == bbgit ]]; then
        __git_complete git __bbgit_main
    fi
fi
`,
		},
		"zsh": {
			name:     "git-bitbucket", // the name by which git's completion finds it
			generate: func(c *cobra.Command, out *bytes.Buffer) error { return c.GenZshCompletion(out) },
			edits: []string{
				"#compdef git-bitbucket\ncompdef _git-bitbucket git-bitbucket\n", "#compdef git-bitbucket bbgit=git\ncompdef _git-bitbucket git-bitbucket bbgit=git\n",
				"_git-bitbucket()\n{\n", `_git-bitbucket()
{
    if [[ $words[1] != bitbucket ]]; then # bbgit itself: all words of git, and one more
        local ret=1
        local -a own=(bitbucket:'see and change what bbgit keeps')
        (( CURRENT == 2 )) && _describe -t own-words 'word of bbgit' own && ret=0
        _git "$@" && ret=0
        return ret
    fi

`,
				`requestComp="${words[1]} __complete ${words[2,-1]}"`,
				`requestComp="${${commands[bbgit]:+bbgit}:-git} bitbucket __complete ${words[2,-1]}"`,
			},
		},
		"fish": {
			name:     "bbgit",
			generate: func(c *cobra.Command, out *bytes.Buffer) error { return c.GenFishCompletion(out, true) },
			edits: []string{
				"    set -l args (commandline -opc)\n", `    set -l args (commandline -opc)
    test "$args[2]" = bitbucket; or return
`,
				`$args[1] __complete $args[2..-1] $lastArg`, `$args[1] bitbucket __complete $args[3..-1] $lastArg`,
			},
			tail: `
# All words of git, and one more.
complete -c bbgit --wraps git
complete -c bbgit -n 'test (count (commandline -opc)) = 1' -a bitbucket -d 'see and change what bbgit keeps'
`,
		},
		"powershell": {
			name:     "bbgit",
			generate: func(c *cobra.Command, out *bytes.Buffer) error { return c.GenPowerShellCompletionWithDesc(out) },
			edits: []string{
				`    $Program,$Arguments = $Command.Split(" ",2)
`, `    $Program,$Word,$Arguments = $Command.Split(" ",3)
    if ($Word -ne "bitbucket" -or ($null -eq $Arguments -and $WordToComplete -ne "")) {
        return
    }
`,
				`"$Program __complete $Arguments"`, `"$Program bitbucket __complete $Arguments"`,
			},
		},
	}
}

// Completion is the script for a shell: bash, zsh, fish or powershell.
func Completion(shell string) (string, error) {
	script, ok := scripts()[shell]
	if !ok {
		return "", fmt.Errorf("no completion for %q", shell)
	}
	var out bytes.Buffer
	if err := script.generate(&cobra.Command{Use: script.name}, &out); err != nil {
		return "", err
	}
	text := out.String()
	for i := 0; i < len(script.edits); i += 2 {
		if strings.Count(text, script.edits[i]) != 1 {
			return "", errors.New("cobra's completion for " + shell + " is not what it was")
		}
		text = strings.Replace(text, script.edits[i], script.edits[i+1], 1)
	}
	return text + script.tail, nil
}
