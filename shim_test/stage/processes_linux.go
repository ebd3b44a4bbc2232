package stage

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

type process struct {
	pid                  int
	name                 string
	arguments, variables []byte // NUL after each
}

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
		variables := read(folder + "/environ")
		if !bytes.Contains(variables, home) {
			continue // somebody else's, or gone
		}
		pid, _ := strconv.Atoi(filepath.Base(folder))
		arguments, name := read(folder+"/cmdline"), read(folder+"/comm")
		found = append(found, process{pid, strings.TrimSpace(string(name)), arguments, variables})
	}
	return found
}

// read is os.ReadFile with half its system calls, for files of the kernel's that are read all the time: os.Open prepares
// for waiting, and asks for a size that such files do not have. It is empty for what is gone or somebody else's.
func read(path string) (text []byte) {
	file, err := unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	defer unix.Close(file)
	buffer := make([]byte, 16<<10)
	for {
		n, err := unix.Read(file, buffer)
		if err == unix.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			return text
		}
		text = append(text, buffer[:n]...)
	}
}
