package passthrough

import (
	"context"
	"os"
)

// mostRuns bounds how often one command line makes git run: the command, three
// attempts at a credential, and what completes it, twice over. A companion that
// wants more has lost count.
const mostRuns = 10

// stay starts git as a child in our own process group, so that the terminal
// stays its own and ^C and ^Z reach both, and leaves as git did.
func stay(c Command, env []string, companion Companion, note Note) int {
	signals := catchSignals()
	attendance, arrived := join(signals, companion, c, env)
	end := End{Signal: number(arrived)}
	var err error
	if arrived == nil {
		end, err = attend(signals, attendance, c, env, note)
	}
	during(context.Background(), signals, func(context.Context) (none struct{}) {
		attendance.Close()
		return
	})
	if err != nil {
		return sayCannotRun(c.Git, err)
	}
	return leaveAs(end)
}

// join has the companion join, and says which signal asked us to stop
// meanwhile. Where the companion fails, git runs without one.
func join(signals <-chan os.Signal, companion Companion, c Command, env []string) (Attendance, os.Signal) {
	if companion == nil {
		return nobody{}, nil
	}
	attendance, arrived := during(context.Background(), signals, func(context.Context) Attendance {
		return companion.Join(c, clip(env))
	})
	if attendance == nil {
		attendance = nobody{}
	}
	return attendance, arrived
}

// attend runs git, and then whatever the attendance wants to run. The error is
// that git could not be started at all; a later one that cannot be started
// leaves the result as it was.
func attend(signals <-chan os.Signal, attendance Attendance, c Command, env []string, note Note) (last End, err error) {
	run := Next{Args: c.Args, Env: environment(attendance, env)}
	for i := range mostRuns {
		end, interrupted, err := runGit(signals, c.Git, run)
		if err != nil && i > 0 {
			sayCannotRun(c.Git, err)
			return last, nil
		}
		if err != nil {
			return End{}, err
		}
		last = end
		note.ended(end)
		next, arrived := after(signals, attendance, end, interrupted)
		if arrived != nil {
			return End{Signal: number(arrived)}, nil
		}
		if next == nil || interrupted || end.Signal != 0 {
			break
		}
		run = following(run, *next)
		note.tell("git is started once more")
	}
	return last, nil
}

// after asks the attendance what is to run next. Who has interrupted git wants
// no question and no other run; the signal that did it is git's affair, and
// does not count as one that arrived meanwhile.
func after(signals <-chan os.Signal, attendance Attendance, end End, interrupted bool) (*Next, os.Signal) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	if interrupted {
		stop()
	}
	next, arrived := during(ctx, signals, func(ctx context.Context) *Next {
		return attendance.After(ctx, end)
	})
	if interrupted {
		return next, nil
	}
	return next, arrived
}

// environment returns the environment that the attendance wants git to have,
// or env where it fails to say.
func environment(attendance Attendance, env []string) (wanted []string) {
	defer func() {
		if survive(recover()) || wanted == nil {
			wanted = env
		}
	}()
	return attendance.Env()
}

// following is what to run after the run before, whose environment it keeps
// unless it has one of its own.
func following(before, next Next) Next {
	if next.Env == nil {
		next.Env = before.Env
	}
	return next
}

// nobody attends where there is no companion.
type nobody struct{}

func (nobody) Env() []string                    { return nil }
func (nobody) After(context.Context, End) *Next { return nil }
func (nobody) Close()                           {}
