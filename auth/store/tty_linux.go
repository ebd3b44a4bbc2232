package store

import (
	"os"
	"strings"
)

// terminalName is the name of the terminal that one of the standard streams is, as ttyname(3) finds it; "" for none.
// /dev/tty would mean another process's terminal to that process.
func terminalName() string {
	for _, stream := range []string{"0", "1", "2"} {
		name, err := os.Readlink("/proc/self/fd/" + stream)
		if err == nil && (strings.HasPrefix(name, "/dev/pts/") || strings.HasPrefix(name, "/dev/tty")) {
			return name
		}
	}
	return ""
}
