package terminal

// Job names the job of the shell that this process is part of, "" where that is not known.
func Job() string { return "" }
