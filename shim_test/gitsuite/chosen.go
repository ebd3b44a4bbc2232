//go:build linux

package main

// chosen are the scripts that a program in front of git could spoil, as far as they are quick: a minute on two cores,
// and another for the build. All others are for a run by hand.
var chosen = []string{
	// what git sees of whoever starts it: environment, signals, aliases, folders
	"t0001", "t0005", "t0014", "t0017", "t0061", "t2300", "t3409",
	// its traces, which bbgit reads, too
	"t0210", "t0211", "t0212",
	// credentials, and the configuration that bbgit adds to
	"t0300", "t1306", "t1308",
	// hooks
	"t1350", "t1800", "t5403", "t5544", "t5571",
	// other ends: HTTP, the git protocol, remote helpers, submodules
	"t5509", "t5512", "t5541", "t5542", "t5550", "t5581", "t5802", "t5815",
	// editor; the pager, whose script takes longest, is tried in passthrough at a terminal as well
	"t7005",
}
