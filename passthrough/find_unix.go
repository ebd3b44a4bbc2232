//go:build unix

package passthrough

import (
	"os"

	"golang.org/x/sys/unix"
)

func gitNames() []string { return []string{"git"} }

// runnable reports whether a shell would run the file. The mode bits alone
// would choose a git that only its owner may run.
func runnable(file string, info os.FileInfo) bool {
	return info.Mode().IsRegular() && unix.Access(file, unix.X_OK) == nil
}

const noBatch = "" // files have no kinds here
