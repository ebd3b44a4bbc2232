package terminal

import (
	"context"
	"os"
)

// Interrupted is the error of a question that a signal ended. It counts as context.Canceled, so that a caller whose
// own context ends by the same signal need not care which of the two was first.
//
// Signals are caught here, and not left to the caller alone, because with Go's own handling SIGTERM would end the
// process at once and leave the shell with echo off.
type Interrupted struct {
	Signal os.Signal
}

func (i *Interrupted) Error() string { return "ended by signal: " + i.Signal.String() }

// Is makes errors.Is(err, context.Canceled) true.
func (i *Interrupted) Is(target error) bool { return target == context.Canceled }
