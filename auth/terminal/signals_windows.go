package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// signalWatch receives what Go makes of Ctrl-C, Ctrl-Break and the closing of the window. Nothing stops and resumes
// on Windows: that channel stays nil and never delivers.
type signalWatch struct {
	deadly, resume chan os.Signal
}

// QuitQuietly has nothing to do: Windows has no such signal, and Go prints no stacks at Ctrl-Break.
func QuitQuietly() {}

func watchSignals() *signalWatch {
	w := &signalWatch{deadly: make(chan os.Signal, 2)}
	signal.Notify(w.deadly, os.Interrupt, syscall.SIGTERM)
	return w
}

func (w *signalWatch) ignore() { signal.Stop(w.deadly) }

func (w *signalWatch) suspendGroup() {}

// Die ends this process with the status that Windows gives to one that Ctrl-C ended (STATUS_CONTROL_C_EXIT).
func (i *Interrupted) Die() {
	const controlCExit = 0xC000013A
	status := uint32(controlCExit)
	os.Exit(int(int32(status)))
}
