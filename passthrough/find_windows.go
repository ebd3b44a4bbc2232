package passthrough

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func gitNames() []string { return programNames("git", os.Getenv("PATHEXT")) }

// runnable needs no more than a file: what can be run is said by its name.
func runnable(file string, info os.FileInfo) bool {
	return info.Mode().IsRegular() && slices.Contains(programExtensions, strings.ToLower(filepath.Ext(file)))
}

// noBatch tells who has only a git.cmd why it is passed over.
const noBatch = "\na batch file (git.cmd) does not do: it cannot take every argument"
