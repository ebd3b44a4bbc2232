package auth

import (
	"context"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/curltrace"
	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// fromAskpass recognises a credential that git got from the person's askpass
// program: git asks it when its helper, which is us, has nothing and nobody to
// ask. A 410 tells us nothing but that.
func (r *Run) fromAskpass(ctx context.Context, last curltrace.Exchange) (words.Question, bool) {
	s := r.session
	s.mu.Lock()
	asked, offered := s.nobody, len(s.offers) > 0
	var refused []refusal
	refused = append(refused, s.refused...)
	s.mu.Unlock()
	if asked == nil || offered || !last.Signed || last.Status != 401 && last.Status != 410 {
		return words.Question{}, false
	}
	variable, program := s.askpass(ctx, r.requestFor(bitbucket.Remote{Repository: asked.Repository}))
	if program == "" {
		return words.Question{}, false
	}
	q := *asked
	q.Askpass, q.Why = variable, words.OtherRefused
	q.Held = "that " + variable + " gives (" + terminal.Plain(realgit.ShownPath(program)) + ")"
	if last.Status == 410 || len(refused) > 0 && bitbucket.KindOf(refused[len(refused)-1].offer.secret.Reveal()).Retired() {
		q.Why = words.PasswordRefused
	}
	return q, true
}

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
		variable = "SSH_ASKPASS"
		program, _ = look(variable)
	}
	return variable, program
}
