package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// programme is what to type, and what to look at.
func (s *scene) programme() string {
	text := `A Bitbucket to play with, where your account is ` + account + `, and an old clone of yours
with a dead app password. All of it is in a temporary folder; leave with "exit" and it is gone.

  git push                    refused: bbgit asks for a token; it stands below
  cd ~/notes; git push        another clone: no question this time
  git bitbucket status        what is kept, and where
  cat ~/.git-credentials      empty: the dead password is gone

The first time, try something wrong: your e-mail address, or half the token.
The token for the demo (copy it now):

` + s.token + `

`
	if s.noKeyring != "" {
		text += "There is no keyring here (" + s.noKeyring + "):\nthe token serves one command and is asked for again.\n\n"
	}
	return text
}

// shell opens the person's own shell in the scene, without the person's own configuration.
func (s *scene) shell(ctx context.Context) error {
	cmd, err := s.shellCommand()
	if err != nil {
		return err
	}
	cmd.Dir = filepath.Join(s.world.Home, "thesis")
	cmd.Env = append(cmd.Env, "TERM="+os.Getenv("TERM"), "COLORTERM="+os.Getenv("COLORTERM"), "EDITOR="+os.Getenv("EDITOR"))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = nil // it shall have this terminal
	s.opened = true
	if err := cmd.Start(); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Signal(hangUp) })
	defer stop()
	_ = cmd.Wait() // with whatever status: it is that of the last thing tried
	return nil
}

// hangUp is what a shell gets when its window closes; unlike TERM, an interactive one obeys it.
const hangUp = syscall.SIGHUP

// setUps are for each shell the file that it reads at its start, that file's text, and the arguments that make it
// read that and no other.
var setUps = map[string]struct {
	file, text string
	args       []string
}{
	"bash": {".bashrc", posix + "PS1='demo \\w \\$ '\n", []string{"--noprofile", "--rcfile", "~/.bashrc", "-i"}},
	"zsh":  {".zshrc", posix + "PROMPT='demo %~ %# '\n", []string{"-d", "-i"}},
	"fish": {".config/fish/config.fish", "alias git=bbgit\nset fish_greeting\n" +
		"function fish_prompt; echo -n 'demo '(prompt_pwd)' > '; end\n", []string{"-i"}},
	"sh": {".shrc", posix + "PS1='demo $ '\n", []string{"-i"}},
}

const posix = "alias git=bbgit\n"

func (s *scene) shellCommand() (*exec.Cmd, error) {
	if runtime.GOOS == "windows" {
		return s.world.Command("cmd", "/K", "doskey git=bbgit $* & prompt demo $P$G"), nil
	}
	program := os.Getenv("SHELL")
	setUp, known := setUps[filepath.Base(program)]
	if !known {
		program, setUp = "/bin/sh", setUps["sh"]
	}
	file := filepath.Join(s.world.Home, filepath.FromSlash(setUp.file))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, []byte(setUp.text), 0o600); err != nil {
		return nil, err
	}
	for i, arg := range setUp.args {
		setUp.args[i] = strings.Replace(arg, "~", s.world.Home, 1)
	}
	s.world.Setenv("SHELL", program)
	s.world.Setenv("ENV", file) // what sh reads
	return s.world.Command(program, setUp.args...), nil
}
