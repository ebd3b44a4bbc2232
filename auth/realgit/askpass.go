package realgit

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"

	"bbgit/auth/envconfig"
)

// Askpass asks one of the programs that git asks for passwords (git(1),
// GIT_ASKPASS), and returns the first line that it prints, as git does. It may
// have a person in front of it, so there is no time-out but ctx.
func (g *Git) Askpass(ctx context.Context, program, prompt string) (string, error) {
	cmd := g.askpassCommand(ctx, program, prompt, onWindows)
	cmd.Dir = g.Dir
	cmd.Stderr = g.Stderr
	cmd.WaitDelay = grace
	output, err := cmd.Output()
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(output), "\n")
	return strings.TrimSuffix(line, "\r"), nil
}

// askpassCommand starts the program itself. On Windows it is a shell script as a
// rule, which only the sh that comes with git can start: git has it run by way of
// an alias.
func (g *Git) askpassCommand(ctx context.Context, program, prompt string, throughGit bool) *exec.Cmd {
	if !throughGit {
		cmd := exec.CommandContext(ctx, program, prompt)
		cmd.Env = envconfig.Strip(g.Env, g.Helper)
		return cmd
	}
	const variable = "BBGIT_ASKPASS"
	cmd := exec.CommandContext(ctx, g.Path, "-c", `alias.askpass=!"$`+variable+`"`, "askpass", prompt)
	cmd.Env = append(g.quietEnv(), variable+"="+filepath.ToSlash(program))
	return cmd
}
