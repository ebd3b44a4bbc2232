//go:build unix

package main

import (
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// token compares what a token in the keyring costs: a whole fetch of nothing new, and what a helper adds to it.
func token(b *bench) (err error) {
	if _, err := exec.LookPath("secret-tool"); err != nil {
		return missing("secret-tool")
	}
	helper, err := b.buildLibsecret()
	if err != nil {
		return err
	}
	s, err := newScene(b.sub("token"), b.bbgit, helper, false)
	defer func() { err = errors.Join(err, s.close()) }()
	if err != nil {
		return err
	}
	if err := compareRequests(s); err != nil {
		return err
	}
	fmt.Printf("\na token out of the keyring, %d runs each\n", b.runs)
	if err := b.ratios(s.lookups(), 1.5); err != nil {
		return err
	}
	fmt.Printf("\nfetch of nothing new, with that token, %d runs each\n", b.runs)
	return b.ratios([]contestant{
		{name: "git, its helper", command: func() *exec.Cmd { return s.plain("thesis", "fetch", "--quiet") }},
		{name: "bbgit", command: func() *exec.Cmd { return s.shim("thesis", "fetch", "--quiet") }},
	}, 0)
}

// lookups read the token out of the keyring: as a program does that only does this, as git's helper, and as ours, which
// answers by itself where no bbgit waits.
func (s *scene) lookups() []contestant {
	ask := func(program string, args ...string) *exec.Cmd {
		cmd := quiet(s.world.Command(program, args...))
		cmd.Stdin = strings.NewReader(s.request() + "path=" + small + ".git\n\n")
		return cmd
	}
	return []contestant{
		{name: "secret-tool lookup", command: func() *exec.Cmd { return ask("secret-tool", "lookup", "server", "bitbucket.org") }},
		{name: "git's helper, get", command: func() *exec.Cmd { return ask(s.helper, "get") }},
		{name: "bbgit's helper, get", command: func() *exec.Cmd { return ask("bbgit", "bitbucket", "helper", "get") }},
	}
}

// ratios shows what the contestants cost beside the first of them. The last is to cost at most so many times as much in
// time; 0 for no bound.
func (b *bench) ratios(contestants []contestant, bound float64) error {
	samples, err := race(contestants, b.runs)
	if err != nil {
		return err
	}
	fmt.Printf("%-20s%20s%20s\n", "", "wall ms    ratio", "cpu ms    ratio")
	for i, c := range contestants {
		fmt.Printf("%-20s", c.name)
		for _, of := range []column{wall, cpu} {
			fmt.Printf("%11.2f%9.3f", of.median(samples[i]), of.ratio(samples[i], samples[0]))
		}
		if bound > 0 && i == len(contestants)-1 {
			fmt.Printf("   at most %g", bound)
		}
		fmt.Println()
	}
	return nil
}

// compareRequests shows that a server sees the same from both.
func compareRequests(s *scene) error {
	theirs, err := s.requestsOf(s.plain("thesis", "fetch", "--quiet"))
	if err != nil {
		return err
	}
	ours, err := s.requestsOf(s.shim("thesis", "fetch", "--quiet"))
	if err != nil {
		return err
	}
	fmt.Printf("\nrequests of a fetch with a token in the keyring: git %d, bbgit %d\n", len(theirs), len(ours))
	if !slices.Equal(theirs, ours) {
		return fmt.Errorf("other requests than git's:\n%s\nand git's:\n%s", strings.Join(ours, "\n"), strings.Join(theirs, "\n"))
	}
	return nil
}
