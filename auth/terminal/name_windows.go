package terminal

// Name tells terminals apart, "" where that is not known.
func Name() string { return "" }
