package auth

// watchReader does nothing here: a console's processes all end with Ctrl-C, and
// Windows tells nothing about the other end of a pipe.
func watchReader(func()) {}
