// Demo shows the whole story in a minute, without an account: an old clone, a dead app password, one question, and
// git works again.
//
//	go run ./shim_test/demo           opens a shell to try it in
//	go run ./shim_test/demo --auto    does it without a person, and fails unless all went right
//
// It brings its own Bitbucket, home folder, configuration and keyring, all in a temporary folder that goes at the end.
// Nothing of the person's own is read or changed, but the program that $SHELL names.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	auto := flag.Bool("auto", false, "do it without a person")
	flag.Parse()
	if err := run(*auto); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func run(auto bool) (err error) {
	ended, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	interrupted, stop := signal.NotifyContext(ended, os.Interrupt)
	defer stop()
	fmt.Println("Building bbgit, and a Bitbucket to play with …")
	s, err := newScene()
	defer func() { err = errors.Join(err, s.close()) }()
	switch {
	case err != nil:
		return err
	case interrupted.Err() != nil:
		return errors.New("interrupted")
	case auto:
		return s.play(interrupted)
	}
	fmt.Print(s.programme())
	return s.shell(ended) // in there, Ctrl-C is not for us
}
