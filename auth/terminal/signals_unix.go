//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// deadlySignals end a process that does not catch them. SIGQUIT (Ctrl-\) is among them because Go would print the
// stacks of all goroutines and exit with echo off.
var deadlySignals = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

// signalWatch receives the signals that matter while echo is off. Other parts of the program that have asked for the
// same signals get them as well.
type signalWatch struct {
	deadly, resume chan os.Signal
}

// watches counts those that are there at the moment: each ends the process itself, when echo is on again.
var watches atomic.Int32

// QuitQuietly has Ctrl-\ end this process as it ends git, without the stacks of Go.
func QuitQuietly() {
	if signal.Ignored(syscall.SIGQUIT) {
		return
	}
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGQUIT)
	go func() {
		for range quit {
			if watches.Load() == 0 {
				os.Exit(128 + int(syscall.SIGQUIT))
			}
		}
	}()
}

func watchSignals() *signalWatch {
	watches.Add(1)
	w := &signalWatch{
		deadly: make(chan os.Signal, len(deadlySignals)),
		resume: make(chan os.Signal, 1),
	}
	for _, sig := range deadlySignals {
		// Under nohup, or in the background of a script, a signal is ignored: asking for it would end that.
		if !signal.Ignored(sig) {
			signal.Notify(w.deadly, sig)
		}
	}
	signal.Notify(w.resume, syscall.SIGCONT)
	return w
}

// ignore gives the signals back to whoever had them.
func (w *signalWatch) ignore() {
	watches.Add(-1)
	signal.Stop(w.deadly)
	signal.Stop(w.resume)
}

// orphanDelay bounds the wait for SIGCONT. A process stops within microseconds of its own SIGTSTP, so the time runs
// out only where the kernel does not stop it at all: in an orphaned process group, such as that of "ssh -t host bbgit".
const orphanDelay = time.Second

// suspendGroup does what the terminal does at Ctrl-Z, and returns when the process goes on. It stops git as well.
//
// The usual way would be to catch SIGTSTP. In Go that is for ever: after signal.Stop and signal.Reset the runtime's
// handler stays in place and swallows the signal, and the next Ctrl-Z would stop git but not us, so that the shell
// never came back. Therefore the terminal hands us Ctrl-Z as the end of a line, see setTyping, and nothing in this
// program may ever ask for SIGTSTP. SIGSTOP instead could not be woken up again in an orphaned process group.
func (w *signalWatch) suspendGroup() {
	select {
	case <-w.resume: // left from an earlier stop
	default:
	}
	if syscall.Kill(0, syscall.SIGTSTP) != nil {
		return
	}
	select {
	case <-w.resume:
	case <-time.After(orphanDelay):
	}
}

// Die ends this process by the signal that ended the question, so that a shell script around it stops as well. Only
// for a process that has nothing else to do; one that runs git lets git die first.
func (i *Interrupted) Die() {
	sig, ok := i.Signal.(syscall.Signal)
	if !ok {
		os.Exit(1)
	}
	if sig != syscall.SIGQUIT { // Go would print its stacks and exit with 2
		signal.Reset(sig)
		_ = syscall.Kill(syscall.Getpid(), sig)
		time.Sleep(orphanDelay) // the signal may reach another thread a moment later
	}
	os.Exit(128 + int(sig))
}
