package realgit

import (
	"bytes"
	"context"
	"os/exec"
	"path"
	"strings"
	"time"

	"bbgit/auth/bitbucket"
)

// sshTime bounds one question over SSH, whatever number of addresses a host has.
// sshConnectTime bounds each of them: a person whose command has failed is
// waiting, and a host that answers at all does so within a second or two.
const (
	sshTime        = 15 * time.Second
	sshConnectTime = "5"
)

// sshOptions make ssh ask nobody anything, tell how far it got, and leave no
// shared connection behind in the background (ssh_config(5), ControlPersist).
const sshOptions = " -v -oBatchMode=yes -oConnectTimeout=" + sshConnectTime + " -oControlMaster=no"

// An SSHCheck connects over SSH just as a fetch or a push does, to learn what
// ssh and the server say.
type SSHCheck struct {
	URL     string
	Service string // "git-upload-pack", "git-receive-pack"
}

// AskSSH makes one check. answered tells that nothing is wrong there. The ref
// advertisement of receive-pack is what ls-remote understands, too, and nothing
// is sent behind it; "push --dry-run" would want a repository with a commit.
func (g *Git) AskSSH(ctx context.Context, c SSHCheck) (f bitbucket.SSHFinding, answered bool) {
	command, ok := g.sshCommand(ctx)
	if !ok {
		return bitbucket.SSHFinding{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, sshTime)
	defer cancel()
	// The URL is one that the person's insteadOf has been applied to. Applying it
	// once more is prevented by a longer match.
	settings := []Setting{{"url." + c.URL + ".insteadOf", c.URL}}
	cmd := exec.CommandContext(ctx, g.Path, g.arguments(settings, []string{"ls-remote", "--upload-pack=" + c.Service, c.URL, "HEAD"})...)
	cmd.Dir = g.Dir
	cmd.Env = append(g.quietEnv(), AskingVariable+"=1", "LC_ALL=C", "SSH_ASKPASS_REQUIRE=never", "GIT_SSH_COMMAND="+command)
	var said bytes.Buffer
	cmd.Stderr = &limited{to: &said, left: 64 << 10}
	cmd.WaitDelay = grace
	apart(cmd)
	if cmd.Run() == nil {
		return bitbucket.SSHFinding{}, true
	}
	return bitbucket.ReadSSH(said.String()), false
}

// sshCommand is what git starts for SSH (git(1), GIT_SSH_COMMAND), made quiet
// where it is OpenSSH. PuTTY's programs are not run again: one of them asks in
// windows. Anything else gets git's own arguments and has to do without a
// terminal.
func (g *Git) sshCommand(ctx context.Context) (command string, ok bool) {
	command = g.configuredSSH(ctx)
	switch programName(command) {
	case "ssh":
		return command + sshOptions, true
	case "plink", "tortoiseplink":
		return "", false
	}
	return command, true
}

func (g *Git) configuredSSH(ctx context.Context) string {
	program := "ssh"
	for _, v := range g.Env {
		if command, ok := strings.CutPrefix(v, "GIT_SSH_COMMAND="); ok {
			return command
		}
		if file, ok := strings.CutPrefix(v, "GIT_SSH="); ok && file != "" {
			program = Quoted(file)
		}
	}
	entries, _ := g.Settings(ctx)
	for _, e := range entries {
		if e.Key == "core.sshcommand" {
			program = e.Value
		}
	}
	return program
}

// programName is the name of the program in a command for sh, as git finds it
// out to choose the options (connect.c, determine_ssh_variant).
func programName(command string) string {
	command = strings.TrimSpace(command)
	first, _, _ := strings.Cut(command, " ")
	if command != "" && strings.ContainsRune(`'"`, rune(command[0])) {
		first, _, _ = strings.Cut(command[1:], command[:1])
	}
	name := strings.ToLower(path.Base(strings.ReplaceAll(first, `\`, "/")))
	return strings.TrimSuffix(name, ".exe")
}
