//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"bbgit/shim_test/cloud"
)

// What bbgit may hold at most, in KiB.
const (
	mostAsParent = 12 << 10
	mostAsHelper = 20 << 10
)

// memory shows the most that bbgit holds, of a few runs.
func memory(b *bench) (err error) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		return missing("/proc")
	}
	s, err := newScene(b.sub("memory"), b.bbgit, "", false)
	defer func() { err = errors.Join(err, s.close()) }()
	if err != nil {
		return err
	}
	fmt.Printf("\nresident memory at its peak, %d runs each\n", memoryRuns)
	for _, c := range s.holders() {
		peak, err := c.peak(memoryRuns)
		if err != nil {
			return err
		}
		fmt.Printf("%-20s%8.1f MiB   at most %d\n", c.name, float64(peak)/1024, c.bound>>10)
	}
	return nil
}

// memoryRuns are few: memory hardly differs from one run to the next.
const memoryRuns = 10

// holder is bbgit in one of its parts.
type holder struct {
	contestant
	bound int // KiB
}

func (s *scene) holders() []holder {
	return []holder{
		{contestant{name: "bbgit, waiting", command: func() *exec.Cmd { return s.shim("thesis", "fetch", "--quiet") }}, mostAsParent},
		{contestant{name: "bbgit's helper, get", command: func() *exec.Cmd {
			cmd := quiet(s.shim("thesis", "bitbucket", "helper", "get"))
			cmd.Stdin = strings.NewReader("protocol=https\nhost=" + cloud.Home + "\npath=" + small + ".git\n\n")
			return cmd
		}}, mostAsHelper},
	}
}

// peak is the highest of some runs, in KiB.
func (h holder) peak(runs int) (most int, err error) {
	for range runs {
		one, err := peakOf(h.command())
		if err != nil {
			return 0, fmt.Errorf("%s: %w", h.name, err)
		}
		most = max(most, one)
	}
	return most, nil
}

// peakOf runs a command and returns the most that the process itself has held: VmHWM (proc_pid_status(5)), read again
// and again until it ends. What wait4 tells would count git as well, and before that the process that started it.
func peakOf(cmd *exec.Cmd) (kib int, err error) {
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		kib = max(kib, highWater(cmd.Process.Pid, cmd.Path))
		select {
		case err := <-ended:
			return kib, err
		case <-time.After(200 * time.Microsecond):
		}
	}
}

// highWater is 0 where the process has ended, or is not the program yet that it is to become.
func highWater(pid int, program string) (kib int) {
	folder := fmt.Sprintf("/proc/%d/", pid)
	text, err := os.ReadFile(folder + "status")
	if err != nil {
		return 0
	}
	if same, err := sameFile(folder+"exe", program); err != nil || !same {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, _ = strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), " kB"))
		}
	}
	return kib
}

func sameFile(one, other string) (bool, error) {
	a, err := os.Stat(one)
	if err != nil {
		return false, err
	}
	b, err := os.Stat(other)
	return err == nil && os.SameFile(a, b), err
}
