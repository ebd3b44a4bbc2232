package passthrough

// statusControlC is what Windows gives a program that Ctrl-C has ended
// (STATUS_CONTROL_C_EXIT, 0xC000013A), as a number that fits 32 bits.
const statusControlC = 0xC000013A - 1<<32

// leaveAs returns git's exit status. Nobody dies of signals here; only the
// companion can have been stopped by one.
func leaveAs(end End) int {
	if end.Signal != 0 {
		return statusControlC
	}
	return end.Code
}
