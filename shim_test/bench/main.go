//go:build unix

// Bench compares bbgit with git on this machine, in one run and in turns, as what else a machine does changes from one
// second to the next. Look at the ratios: the times are those of this machine in this minute.
//
//	go run ./shim_test/bench                 everything
//	go run ./shim_test/bench -runs 1000      each command so often; the default is 300
//	go run ./shim_test/bench -only start     one chapter: start, token, memory, clone
//	go run ./shim_test/bench -bbgit PATH     another bbgit than that of this module
//
// The chapters:
//
//	start    what bbgit adds to commands that do next to nothing, beside a bare program in Go, and one in C, that
//	         only find git and let it take their place
//	token    a fetch, and a helper's get, with a token in an unlocked keyring, beside git with its own helper for the
//	         same keyring; and the requests of both
//	memory   the most that bbgit holds while it waits for git, and as git's helper
//	clone    the processor time of a clone of 70 MB, of git, its helpers and bbgit together
//
// It brings its own Bitbucket, home folder and keyring, and leaves nothing behind.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"bbgit/shim_test/stage"
)

// errMissing says what a chapter cannot be run without.
var errMissing = errors.New("left out: needs ")

func missing(what string) error { return fmt.Errorf("%w%s", errMissing, what) }

// chapter is a part that can be run alone.
type chapter struct {
	name string
	run  func(*bench) error
}

var chapters = []chapter{{"start", start}, {"token", token}, {"memory", memory}, {"clone", clone}}

// bench is what the chapters share.
type bench struct {
	dir   string // for everything; goes at the end
	runs  int
	git   string
	bbgit string
}

func main() {
	runs := flag.Int("runs", 300, "how often each command is run")
	only := flag.String("only", "", "one chapter: start, token, memory or clone")
	bbgit := flag.String("bbgit", "", "a bbgit to measure in place of the one from this module")
	flag.Parse()
	if err := run(*runs, *only, *bbgit); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(runs int, only, bbgit string) (err error) {
	b := &bench{runs: max(runs, 1), bbgit: bbgit}
	if b.dir, err = os.MkdirTemp("", "bbgit-bench"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	if b.git, err = exec.LookPath("git"); err != nil {
		return err
	}
	if b.bbgit == "" {
		if b.bbgit, err = stage.Build(b.dir); err != nil {
			return err
		}
	}
	b.circumstances()
	known := false
	for _, c := range chapters {
		if only != "" && only != c.name {
			continue
		}
		known = true
		if err := c.run(b); errors.Is(err, errMissing) {
			fmt.Printf("\n%s: %v\n", c.name, err)
		} else if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	if !known {
		return fmt.Errorf("no chapter %q", only)
	}
	return nil
}

func (b *bench) circumstances() {
	version, _ := exec.Command(b.git, "version").Output()
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("%s, %s on %s/%s, %d processors", strings.TrimSpace(string(version)), runtime.Version(), runtime.GOOS,
		runtime.GOARCH, runtime.NumCPU())
	if words := strings.Fields(string(load)); len(words) > 0 {
		fmt.Printf(", load %s", words[0])
	}
	fmt.Println()
}
