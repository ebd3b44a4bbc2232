//go:build unix

package handover

import (
	"iter"
	"os"
	"syscall"
)

func gitNames() []string { return []string{"git"} }

// folders are the absolute ones of a PATH, in which nothing is quoted (POSIX,
// "Environment Variables").
func folders(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for from, to := 0, 0; to <= len(path); to++ {
			if to < len(path) && path[to] != os.PathListSeparator {
				continue
			}
			folder := path[from:to]
			from = to + 1
			for len(folder) > 1 && folder[len(folder)-1] == '/' {
				folder = folder[:len(folder)-1]
			}
			if isAbsolute(folder) && !yield(folder) {
				return
			}
		}
	}
}

func isAbsolute(file string) bool { return begins(file, "/") }

// runnable reports whether a shell would run the file. The mode bits alone
// would choose a git that only its owner may run.
func runnable(file string, info os.FileInfo) bool {
	const execute = 1 // X_OK of access(2)
	return info.Mode().IsRegular() && syscall.Access(file, execute) == nil
}

const noBatch = "" // files have no kinds here
