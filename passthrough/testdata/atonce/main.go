// Atonce is bbgit as far as passthrough goes, and hands over before main begins
// where it can. It lends nothing. With ATONCE_TELLS it says on stderr that main has
// begun.
package main

import (
	"os"

	"bbgit/passthrough"
	"bbgit/passthrough/handover"
)

func init() { handover.AtOnce(func(env []string, _ string) ([]string, bool) { return env, true }) }

func main() {
	if os.Getenv("ATONCE_TELLS") != "" {
		os.Stderr.WriteString("main\n")
	}
	os.Exit(passthrough.Run(passthrough.Read(os.Args[1:]), nil, nil))
}
