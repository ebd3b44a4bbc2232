package passthrough

import (
	"os"
	"os/signal"
	"syscall"
)

// catchSignals keeps us alive when Ctrl-C or Ctrl-Break is pressed, or the
// console is closed, which Go calls SIGTERM.
func catchSignals() <-chan os.Signal {
	caught := make(chan os.Signal, 2)
	signal.Notify(caught, os.Interrupt, syscall.SIGTERM)
	return caught
}

// passOn does nothing: the console has told all of its processes already.
func passOn(*os.Process, os.Signal) {}

func endOf(state *os.ProcessState) End { return End{Code: state.ExitCode()} }
