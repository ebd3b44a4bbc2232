package auth

import (
	"context"
	"strings"

	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
)

func heldByAskpass(name, program string) string {
	return "that " + name + " gives (" + terminal.Plain(realgit.ShownPath(program)) + ")"
}

// sshAskpass names programs that show any prompt: ssh has many. The others read
// git's.
const sshAskpass = "SSH_ASKPASS"

// askpass is the program that git asks for passwords, in git's order (git(1),
// GIT_ASKPASS), and the name of what says so. An empty one means none.
func (s *session) askpass(ctx context.Context, r request) (variable, program string) {
	look := func(name string) (string, bool) {
		for _, v := range r.env {
			if value, ok := strings.CutPrefix(v, name+"="); ok {
				return value, true
			}
		}
		return "", false
	}
	if program, ok := look("GIT_ASKPASS"); ok {
		return "GIT_ASKPASS", program
	}
	for _, e := range s.settings(ctx, r) {
		if e.Key == "core.askpass" {
			variable, program = "core.askPass", e.Value
		}
	}
	if variable == "" {
		variable = sshAskpass
		program, _ = look(variable)
	}
	return variable, program
}
