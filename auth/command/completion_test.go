package command

import (
	"strings"
	"testing"
)

// The stories try the scripts in real shells; PowerShell is not among them.
func TestCompletion(t *testing.T) {
	t.Parallel()
	for shell, asks := range map[string]string{
		"bash":       `words=("${words[0]} bitbucket" "${words[@]:2:cword-1}")`,
		"zsh":        `requestComp="${${commands[bbgit]:+bbgit}:-git} bitbucket __complete ${words[2,-1]}"`,
		"fish":       `$args[1] bitbucket __complete $args[3..-1] $lastArg`,
		"powershell": `$RequestComp="$Program bitbucket __complete $Arguments"`,
	} {
		if out, err := run(t, newVault(t), "completion", shell); err != nil || !strings.Contains(out, asks) {
			t.Errorf("%s: %v, no %q in\n%s", shell, err, asks, out)
		}
	}
	for _, words := range [][]string{{"completion"}, {"completion", "tcsh"}, {"completion", "bash", "zsh"}} {
		if _, err := run(t, newVault(t), words...); err == nil || !strings.Contains(err.Error(), "bash, zsh, fish, powershell") {
			t.Errorf("%q: %v", words, err)
		}
	}
}

// What cobra offers, and where file names follow.
func TestCompletedWords(t *testing.T) {
	t.Parallel()
	const noFiles = ":4\n"
	for words, want := range map[string]string{
		"compl":           "completion\tPrint what teaches a shell to complete these words\n" + noFiles,
		"completion ":     "bash\nzsh\nfish\npowershell\n" + noFiles,
		"completion zsh ": noFiles,
		"status ":         noFiles,
	} {
		out, err := run(t, newVault(t), append([]string{"__complete"}, strings.Split(words, " ")...)...)
		if err != nil || out != want {
			t.Errorf("%q: %v, %q", words, err, out)
		}
	}
}
