package stage

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

type process struct {
	pid                  int
	name                 string
	arguments, variables []byte // NUL after each
}

// processes are all that have this person's home, whoever started them.
func (w *World) processes() []process {
	home := []byte("HOME=" + w.Home + "\x00")
	var found []process
	folders, _ := filepath.Glob("/proc/[1-9]*")
	for _, folder := range folders {
		variables, err := os.ReadFile(folder + "/environ")
		if err != nil || !bytes.Contains(variables, home) {
			continue // somebody else's, or gone
		}
		pid, _ := strconv.Atoi(filepath.Base(folder))
		arguments, _ := os.ReadFile(folder + "/cmdline")
		name, _ := os.ReadFile(folder + "/comm")
		found = append(found, process{pid, strings.TrimSpace(string(name)), arguments, variables})
	}
	return found
}
