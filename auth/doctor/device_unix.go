//go:build unix

package doctor

import (
	"os"
	"syscall"
)

// device tells the file system that a folder is on.
func device(info os.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Dev)
	}
	return 0
}
