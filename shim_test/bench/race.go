//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// contestant is a command that is run again and again.
type contestant struct {
	name    string
	command func() *exec.Cmd
	before  func(round int) error // readies it for a round, and is not timed; nil for nothing
	after   func() error          // undoes what the command did, and is not timed; nil for nothing
}

// sample is what one run cost.
type sample struct {
	wall   time.Duration // until it ended
	cpu    time.Duration // user and system time, of what it has waited for as well
	faults int64         // pages that the kernel had to bring in; of it and its children
}

// race runs the contestants in turns, and begins each time with another one: whoever comes first finds other caches.
// It returns the samples of each of them in the order of the rounds.
func race(contestants []contestant, runs int) ([][]sample, error) {
	samples := make([][]sample, len(contestants))
	for round := range runs {
		for _, c := range contestants {
			if c.before == nil {
				continue
			}
			if err := c.before(round); err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
		}
		for turn := range contestants {
			i := (round + turn) % len(contestants)
			s, err := contestants[i].once()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", contestants[i].name, err)
			}
			samples[i] = append(samples[i], s)
		}
	}
	return samples, nil
}

func (c contestant) once() (sample, error) {
	cmd := c.command()
	var said bytes.Buffer
	if cmd.Stderr == nil {
		cmd.Stderr = &said
	}
	began := time.Now()
	err := cmd.Run()
	wall := time.Since(began)
	if err != nil {
		return sample{}, fmt.Errorf("%w\n%s", err, said.Bytes())
	}
	s := sample{wall: wall, cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		s.faults = int64(usage.Minflt)
	}
	if c.after != nil {
		err = c.after()
	}
	return s, err
}

// column is one of the figures of a sample.
type column func(sample) float64

// In milliseconds, and a number.
var (
	wall   column = func(s sample) float64 { return s.wall.Seconds() * 1e3 }
	cpu    column = func(s sample) float64 { return s.cpu.Seconds() * 1e3 }
	faults column = func(s sample) float64 { return float64(s.faults) }
)

func (of column) median(samples []sample) float64 {
	figures := make([]float64, len(samples))
	for i, s := range samples {
		figures[i] = of(s)
	}
	return median(figures)
}

// added is the median of what a program took more than another one in the same round.
func (of column) added(samples, base []sample) float64 {
	figures := make([]float64, len(samples))
	for i := range samples {
		figures[i] = of(samples[i]) - of(base[i])
	}
	return median(figures)
}

// ratio is the median of how many times as much a program took as another one in the same round.
func (of column) ratio(samples, base []sample) float64 {
	figures := make([]float64, len(samples))
	for i := range samples {
		figures[i] = of(samples[i]) / of(base[i])
	}
	return median(figures)
}

func median(figures []float64) float64 {
	slices.Sort(figures)
	n := len(figures)
	return (figures[(n-1)/2] + figures[n/2]) / 2
}

// quiet is for commands whose output nobody wants.
func quiet(cmd *exec.Cmd) *exec.Cmd {
	cmd.Stdout = io.Discard
	return cmd
}
