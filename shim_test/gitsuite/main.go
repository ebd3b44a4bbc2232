//go:build linux

// Gitsuite runs git's own test suite twice, with git alone and with bbgit in front of it, and compares test by test.
//
//	go run ./shim_test/gitsuite                  all scripts, for an hour or two
//	go run ./shim_test/gitsuite -chosen          those that a program in front of git could spoil (chosen.go)
//	go run ./shim_test/gitsuite t0001 t5550      these
//	go run ./shim_test/gitsuite -keep DIR -on    goes on where a run with this folder was stopped
//	go run ./shim_test/gitsuite -brief           believes git's authors: what is well behind bbgit would be so without it
//
// It prints each difference, and fails on one that known.go does not name with its reason.
//
// The suite is that of the git which is installed: Debian's source package of the same version, which apt gets from the
// machine's own mirrors. Of the source only what the tests call is built. Both ways are git's own for the test of an
// installed git (GIT_TEST_INSTALLED, in its t/README): a folder with a program called git. In the one that is a link to
// the real git. In the other one it is bbgit, which finds the real one in PATH.
//
// Started by root, the tests run as nobody: root may read what others may not, and git tests no HTTP as root.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
)

func main() {
	part := flag.Bool("chosen", false, "run the chosen scripts alone")
	keep := flag.String("keep", "", "`folder` for the source, what is built, and the results; it stays and is used again")
	jobs := flag.Int("j", runtime.NumCPU(), "how many scripts run at once")
	var choice choice
	flag.BoolVar(&choice.brief, "brief", false, "run with git alone only the scripts in which not all was well behind bbgit")
	flag.BoolVar(&choice.on, "on", false, "take what the folder of -keep has of an earlier run, and run the rest")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := run(ctx, *keep, choice, selection(*part, flag.Args()), *jobs); err != nil {
		fmt.Fprintln(os.Stderr, "gitsuite:", err)
		os.Exit(1)
	}
}

// selection is what a script's name has to begin with; nothing chooses all.
func selection(part bool, named []string) []string {
	if part {
		return append(named, chosen...)
	}
	return named
}

// temporaryFolders is where a temporary folder is made: root's own may be closed to nobody.
func temporaryFolders() string {
	if os.Getuid() == 0 {
		return "/tmp"
	}
	return os.TempDir()
}

func run(ctx context.Context, keep string, choice choice, beginnings []string, jobs int) error {
	folder := keep
	if folder == "" {
		temporary, err := os.MkdirTemp(temporaryFolders(), "gitsuite")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		folder = temporary
	}
	s, err := prepare(ctx, folder, choice)
	if err != nil {
		return err
	}
	scripts, err := s.scripts(beginnings)
	if err != nil {
		return err
	}
	fmt.Printf("%d scripts of %s\n", len(scripts), s.version)
	found := s.compare(ctx, scripts, jobs)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return found.report(os.Stdout)
}
