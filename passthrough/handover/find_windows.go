package handover

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func gitNames() []string { return programNames("git", os.Getenv("PATHEXT")) }

// folders are the absolute ones of a PATH, some of them in quotes perhaps.
func folders(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, folder := range filepath.SplitList(path) {
			if isAbsolute(folder) && !yield(strings.TrimRight(filepath.Clean(folder), `\`)) {
				return
			}
		}
	}
}

func isAbsolute(file string) bool { return filepath.IsAbs(file) }

// runnable needs no more than a file: what can be run is said by its name.
func runnable(file string, info os.FileInfo) bool {
	return info.Mode().IsRegular() && slices.Contains(programExtensions, strings.ToLower(filepath.Ext(file)))
}

// noBatch tells who has only a git.cmd why it is passed over.
const noBatch = "\na batch file (git.cmd) does not do: it cannot take every argument"
