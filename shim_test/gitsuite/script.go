//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// longest is more than any script of git's takes on a slow machine.
const longest = 20 * time.Minute

// scripts are the names of the suite's scripts that begin with one of the beginnings, or all.
func (s *suite) scripts(beginnings []string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(s.source, "t", "t[0-9][0-9][0-9][0-9]-*.sh"))
	if err != nil || len(files) == 0 {
		return nil, errors.Join(errors.New("the source has no tests"), err)
	}
	var names []string
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".sh")
		if len(beginnings) == 0 || slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(name, b) }) {
			names = append(names, name)
		}
	}
	for _, beginning := range beginnings {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, beginning) }) {
			return nil, fmt.Errorf("no script begins with %q", beginning)
		}
	}
	return names, nil
}

// outcome is that of an earlier run, where that is wanted and there is one, or of a run now.
func (s *suite) outcome(ctx context.Context, script string, w way) outcome {
	if s.on {
		if text, err := os.ReadFile(s.said(script, w)); err == nil {
			if end, ended := readEnd(string(text)); ended {
				return outcome{readTAP(string(text)), end}
			}
		}
	}
	return s.run(ctx, script, w)
}

// said is the file with the results of a script.
func (s *suite) said(script string, w way) string { return filepath.Join(s.results(w), script+".tap") }

// run runs a script to its end. What it says stays in the results' folder, and how it ended, if nobody stopped it.
func (s *suite) run(ctx context.Context, script string, w way) outcome {
	said, err := os.Create(s.said(script, w))
	if err != nil {
		return outcome{end: err.Error()}
	}
	defer said.Close()
	complained, err := os.Create(filepath.Join(s.results(w), script+".err"))
	if err != nil {
		return outcome{end: err.Error()}
	}
	defer complained.Close()
	ctx, stop := context.WithTimeout(ctx, longest)
	defer stop()
	cmd := exec.CommandContext(ctx, "/bin/sh", "./"+script+".sh", "--root="+s.trash())
	cmd.Dir = filepath.Join(s.source, "t")
	cmd.Env = s.environ(w)
	cmd.Stdout, cmd.Stderr = said, complained
	// A session of its own: no test reaches the terminal, and one signal reaches all that a script has left running.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: s.user}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	if err := cmd.Start(); err != nil {
		return outcome{end: err.Error()}
	}
	_ = cmd.Wait() // the state of the process tells more than this error
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	text, err := os.ReadFile(said.Name())
	if err != nil {
		return outcome{end: err.Error()}
	}
	end := cmd.ProcessState.String()
	if ctx.Err() == nil {
		fmt.Fprintln(said, endLine+end)
	}
	return outcome{readTAP(string(text)), end}
}

// environ is all that a script sees of the tester's environment.
func (s *suite) environ(w way) []string {
	return []string{
		"PATH=" + s.path,
		"HOME=/nonexistent", // each test makes one of its own
		"TEST_OUTPUT_DIRECTORY=" + s.results(w),
		"GIT_TEST_INSTALLED=" + s.bin(w),
		"GIT_TEST_HTTPD=true", "GIT_TEST_GIT_DAEMON=true", // what cannot be tested fails, and is not left out
		"GIT_TEST_CHAIN_LINT=0", "GIT_TEST_EXT_CHAIN_LINT=0", // these judge the scripts, and not git
	}
}
