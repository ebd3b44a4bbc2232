//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"bbgit/shim_test/cloud"
)

// mostClones bounds the runs of the chapter that takes longest.
const mostClones = 40

// clone compares the processor time of a clone of 70 MB. It ends with a second for each of them and the server, and the
// figures differ by a few percent from run to run: it is the median that counts.
func clone(b *bench) (err error) {
	helper, err := b.buildLibsecret()
	if err != nil {
		return err
	}
	s, err := newScene(b.sub("clone"), b.bbgit, helper, true)
	defer func() { err = errors.Join(err, s.close()) }()
	if err != nil {
		return err
	}
	away := func() error { return os.RemoveAll(filepath.Join(s.world.Home, "data")) }
	few := *b
	few.runs = min(b.runs, mostClones)
	fmt.Printf("\nclone of 70 MB, with a token in the keyring, %d runs each\n", few.runs)
	return few.ratios([]contestant{
		{name: "git, its helper", after: away, command: func() *exec.Cmd { return s.plain("", "clone", "--quiet", cloud.URL(large), "data") }},
		{name: "bbgit", after: away, command: func() *exec.Cmd { return s.shim("", "clone", "--quiet", cloud.URL(large), "data") }},
	}, 0)
}

// sub is a folder for one chapter.
func (b *bench) sub(name string) string { return filepath.Join(b.dir, name) }
