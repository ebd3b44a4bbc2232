package auth

import (
	"context"
	"fmt"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// Where there is no terminal there may still be a person: in front of an editor,
// which names a program of its own to git that opens a dialog (git(1),
// GIT_ASKPASS). Git would ask for a user name and a password there, in two
// dialogs, and every answer that comes to mind is wrong: an e-mail address as the
// name is refused, and so is a password. So we ask the program, once and for the
// token alone.

// A dialog is such a program in the place of a terminal. It has one line to say
// what is wanted; the rest of what a terminal would show has no place.
type dialog struct {
	git     *realgit.Git
	name    string // of the variable or the setting that names the program
	program string
	last    string
	again   bool // the last answer was no good
	said    string
}

// dialogTurn is how long a dialog waits for a question at a terminal, which may
// give the token for both. Whoever looks at an editor does not see that one, and
// is not told what is waited for: then better two questions than none.
const dialogTurn = 15 * time.Second

// askInDialog is ask where there is no terminal. There is no time-out: the person
// sees the dialog. What becomes of an answer is said by git's success; where there
// is none, the question is left for nobodyLine.
func (s *session) askInDialog(ctx context.Context, r request, q words.Question) (token, bool) {
	name, program := s.askpass(ctx, r)
	if program == "" {
		s.noteNobody(q)
		return token{}, false
	}
	turn, cancel := context.WithTimeout(ctx, dialogTurn)
	end, err := takeTurn(turn, nil)
	cancel()
	switch {
	case ctx.Err() != nil:
		return token{}, false
	case err == nil:
		defer end()
		ctx = inTurn(ctx)
	}
	if t, ok, over := s.answeredMeanwhile(ctx, r); over {
		return t, ok
	}
	s.note("asking %s for a token for %s", name, later(r.told))
	d := &dialog{git: s.git(r), name: name, program: program}
	q.Opens = false
	asked := dialogue{session: s, screen: d, request: r, question: q}
	t, ok := asked.run(ctx)
	switch {
	case ok:
	case asked.unchecked:
		s.noteDeclined()
		fmt.Fprint(s.stderr, d.said)
	default:
		s.noteDeclined()
		s.noteNobody(d.blamed(q))
	}
	return t, ok
}

// ReadSecret asks the program. An empty answer is one that was cancelled.
func (d *dialog) ReadSecret(ctx context.Context, _ string) (string, error) {
	text, err := d.git.Askpass(ctx, d.program, words.DialogPrompt(d.name != sshAskpass, d.again))
	if err != nil {
		return "", err
	}
	if d.again && text == d.last { // nobody sits there: it is a script
		return "", terminal.ErrEnd
	}
	d.last, d.again = text, true
	return text, nil
}

// ReadLine gets no answer: a dialog is for the token alone.
func (d *dialog) ReadLine(context.Context, string) (string, error) { return "", terminal.ErrEnd }

// Unheard has nothing to hide: no window is open.
func (d *dialog) Unheard(ctx context.Context, work func(context.Context)) error {
	work(ctx)
	return nil
}

// Print keeps the last text.
func (d *dialog) Print(text string) { d.said = text }

// blamed is what there is to say when the program has given nothing that works.
func (d *dialog) blamed(q words.Question) words.Question {
	if !d.again || d.last == "" {
		return q
	}
	q.Askpass, q.Why, q.Held = d.name, words.OtherRefused, heldByAskpass(d.name, d.program)
	if text, _ := bitbucket.ReadPaste(d.last); bitbucket.KindOf(text).Retired() {
		q.Why = words.PasswordRefused
	}
	return q
}
