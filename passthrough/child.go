package passthrough

import (
	"os"
	"syscall"

	"bbgit/passthrough/handover"
)

// runGit runs git and waits for it, passing on the signals that come. It
// reports whether one of them stopped git short: a git that ends well has not
// minded it, such as the ^C that a person gives to the editor git has opened.
//
// os.StartProcess gives git our very files. os/exec could do so too, but it
// also edits the environment.
func runGit(signals <-chan os.Signal, git string, run Next) (end End, interrupted bool, err error) {
	attributes, release := notOrphaned()
	defer release()
	process, err := os.StartProcess(git, handover.CommandLine(run.Args), &os.ProcAttr{
		Env:   run.Env,
		Files: []*os.File{os.Stdin, os.Stdout, os.Stderr},
		Sys:   attributes,
	})
	if err != nil {
		return End{}, false, err
	}
	ended := make(chan End, 1)
	go func() { ended <- wait(process) }()
	for {
		select {
		case end := <-ended:
			return end, interrupted && end.Code != 0, nil
		case arrived := <-signals:
			interrupted = true
			passOn(process, arrived)
		}
	}
}

// wait returns how the process ended. Only git itself is waited for: what it
// leaves in the background, such as gc --auto, holds our files and not us.
func wait(process *os.Process) End {
	state, err := process.Wait()
	if err != nil {
		return End{Code: exitCannotRun} // not our child any more; nobody can say
	}
	return endOf(state)
}

// number returns the signal's number, and 0 for no signal.
func number(s os.Signal) syscall.Signal {
	n, _ := s.(syscall.Signal)
	return n
}
