//go:build unix

package command

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// parentProgram is the name of the program that has started us, "" where it
// cannot be learned. Linux tells it in a file, and the others have ps(1).
func parentProgram() string {
	parent := strconv.Itoa(os.Getppid())
	if name, err := os.ReadFile("/proc/" + parent + "/comm"); err == nil {
		return string(name)
	}
	ctx, cancel := context.WithTimeout(context.Background(), psTime)
	defer cancel()
	name, err := exec.CommandContext(ctx, "ps", "-o", "comm=", "-p", parent).Output()
	if err != nil {
		return ""
	}
	return string(name)
}

// psTime bounds ps(1), which reads tables in memory.
const psTime = 2 * time.Second
