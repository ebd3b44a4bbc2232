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

// strangers are processes that were there before a story began: whatever they become, they are none of its own. To look
// at the environment of each again and again would take most of a processor.
type strangers map[string]bool

func strangersNow() strangers {
	s := make(strangers)
	for _, folder := range processFolders() {
		s[folder] = true
	}
	return s
}

// forget takes out those that have ended, whose numbers may be given to others.
func (s strangers) forget(now []string) {
	if len(s) == 0 {
		return
	}
	living := make(map[string]bool, len(now))
	for _, folder := range now {
		living[folder] = true
	}
	for folder := range s {
		if !living[folder] {
			delete(s, folder)
		}
	}
}

func processFolders() []string {
	folders, _ := filepath.Glob("/proc/[1-9]*")
	return folders
}

// processes are all that have this person's home, whoever started them, but for those that are known to be strangers.
func (w *World) processes(known strangers) []process {
	home := []byte("HOME=" + w.Home + "\x00")
	var found []process
	folders := processFolders()
	known.forget(folders)
	for _, folder := range folders {
		if known[folder] {
			continue
		}
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
