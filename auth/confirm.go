package auth

import (
	"context"
	"errors"
	"strings"

	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// errUndecided says that a question was answered with neither yes nor no, again
// and again: a program may be typing, which does not know of it.
var errUndecided = errors.New("neither yes nor no")

// Confirm asks question at the terminal, and what Enter alone means is usual.
//
// An error is no answer: the person gave up (terminal.ErrEnd), ctx has ended, or
// a signal came (terminal.Interrupted), after which the caller has to end.
// Whatever wants a yes must not be done then.
func Confirm(ctx context.Context, screen *terminal.Terminal, question string, usual bool) (bool, error) {
	end, err := takeTurn(ctx, tellsOfOther(screen))
	if err != nil {
		return false, err
	}
	defer end()
	return confirm(ctx, screen, styleOf(screen), question, usual)
}

func confirm(ctx context.Context, screen screen, style words.Style, question string, usual bool) (bool, error) {
	for range attempts {
		line, err := screen.ReadLine(ctx, style.YesNo(question, usual))
		if err != nil && !errors.Is(err, terminal.ErrTooLong) {
			return false, err
		}
		if answer, ok := readYesNo(line, usual); ok && err == nil {
			return answer, nil
		}
		screen.Print(style.YesOrNo())
	}
	return false, errUndecided
}

func readYesNo(line string, usual bool) (answer, ok bool) {
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "":
		return usual, true
	case "y", "yes":
		return true, true
	case "n", "no":
		return false, true
	}
	return false, false
}
