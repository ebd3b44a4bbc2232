// Bare is the least that a program written in Go can do in front of git: find it, and let it take the place.
package main

import (
	"os"
	"os/exec"
	"syscall"
)

func main() {
	git, err := exec.LookPath("git")
	if err != nil {
		os.Exit(127)
	}
	syscall.Exec(git, append([]string{"git"}, os.Args[1:]...), os.Environ())
	os.Exit(126)
}
