//go:build unix

package terminal

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// Job names the job of the shell that this process is part of, "" where that is not known: its process group, on this
// machine. What one process of a job shows, the person sees who looks at another; but a job that was stopped, or is in
// the background, stands behind.
func Job() string {
	host, err := os.Hostname()
	if err != nil {
		return ""
	}
	return host + " " + strconv.Itoa(unix.Getpgrp())
}
