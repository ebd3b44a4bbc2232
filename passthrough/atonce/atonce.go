// Package atonce hands commands over to git before the rest of the program is set
// up, where there is nothing else to do. Importing it is all it takes, as no other
// code runs so early: Go sets up packages one after the other, each behind those
// that it imports, and otherwise in the order of their paths (The Go Programming
// Language Specification, "Program initialization"). This one needs next to
// nothing, and "bbgit" comes early.
//
// On Linux it takes a tenth off what bbgit adds to git (shim_test/bench). What it
// leaves, main does.
//
// Like main it joins the two halves, which know nothing of each other.
package atonce

import (
	"bbgit/auth/envconfig"
	"bbgit/passthrough/handover"
)

func init() { handover.AtOnce(envconfig.Lend) }
