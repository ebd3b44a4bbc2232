//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// startCommands do next to nothing, so that the start is what one sees. The first is handed over as it is, the next two
// with our helper in the environment, and bbgit stays with the last (passthrough/handover/commands.go).
var startCommands = [][]string{{"version"}, {"rev-parse", "HEAD"}, {"status"}, {"remote", "-v"}}

// program is one of those in front of git.
type program struct{ name, path string }

// start compares what programs in front of git add to it.
func start(b *bench) error {
	programs := []program{{"git", b.git}}
	if c, err := b.buildC(); errors.Is(err, errMissing) {
		fmt.Printf("\nwithout the program in C: %v\n", err)
	} else if err != nil {
		return err
	} else {
		programs = append(programs, program{"C", c})
	}
	bare, err := b.buildBare()
	if err != nil {
		return err
	}
	programs = append(programs, program{"bare Go", bare}, program{"bbgit", b.bbgit})
	place, err := b.newPlace()
	if err != nil {
		return err
	}
	for _, args := range startCommands {
		var contestants []contestant
		for i, p := range programs {
			c := contestant{name: p.name}
			if i > 0 { // git is where a package manager has put it
				original := p.path
				p.path = filepath.Join(b.dir, fmt.Sprintf("copy-%d", i))
				c.before = func(round int) error { return copyAtTimes(round, original, p.path) }
			}
			c.command = func() *exec.Cmd { return place.command(p.path, args...) }
			contestants = append(contestants, c)
		}
		samples, err := race(contestants, b.runs)
		if err != nil {
			return err
		}
		printStart(strings.Join(args, " "), programs, samples)
	}
	return nil
}

// copyEvery is for how many rounds a copy of a program is used.
const copyEvery = 20

// copyAtTimes puts a program in its place as a package manager does, again and again. In which pages of memory a file
// happens to lie, and in how many pieces, changes what it adds by a tenth and more, and a file that the linker has just
// written is slower than any copy of it. With one file each, bbgit added 1.03 to 1.48 times what the bare program did,
// from one build to the next. With copies in turn, the figures of seven runs lay within 0.09 of each other, and the bare
// program added 0.99 to 1.01 times what it adds itself.
func copyAtTimes(round int, original, place string) error {
	if round%copyEvery != 0 {
		return nil
	}
	program, err := os.ReadFile(original)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(place); err != nil { // another file, and not the same one's pages
		return err
	}
	return os.WriteFile(place, program, 0o700)
}

// printStart shows medians, what is added to git's, and the ratio that counts: ours to that of the bare program.
func printStart(command string, programs []program, samples [][]sample) {
	fmt.Printf("\n%s, %d runs each\n", command, len(samples[0]))
	fmt.Printf("%-9s%25s%25s%20s\n", "", "wall ms  added /bare", "cpu ms  added /bare", "faults  added /bare")
	bare := len(programs) - 2
	for i, p := range programs {
		fmt.Printf("%-9s", p.name)
		for _, of := range []struct {
			column
			width, digits int
		}{{wall, 11, 2}, {cpu, 11, 2}, {faults, 6, 0}} {
			fmt.Printf("%*.*f", of.width, of.digits, of.median(samples[i]))
			added, least := of.added(samples[i], samples[0]), of.added(samples[bare], samples[0])
			if i == 0 {
				fmt.Printf("%*s", 14, "")
			} else {
				fmt.Printf("%+7.*f%7.2f", of.digits, added, added/least)
			}
		}
		fmt.Println()
	}
}

// place is where the commands of this chapter run: a repository, and a home with nothing in it.
type place struct {
	home, repository, path string
}

func (b *bench) newPlace() (place, error) {
	p := place{filepath.Join(b.dir, "home"), filepath.Join(b.dir, "home", "repository"), b.searchPath()}
	if err := os.MkdirAll(p.repository, 0o700); err != nil {
		return place{}, err
	}
	for _, args := range [][]string{{"init", "--quiet"}, {"commit", "--quiet", "--allow-empty", "--message=one"}} {
		if out, err := p.command(b.git, args...).CombinedOutput(); err != nil {
			return place{}, fmt.Errorf("git %s: %w\n%s", args[0], err, out)
		}
	}
	return p, nil
}

func (p place) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Dir = p.repository
	cmd.Env = []string{
		"PATH=" + p.path, "HOME=" + p.home, "LANG=C.UTF-8", "TERM=xterm",
		"GIT_CONFIG_NOSYSTEM=1", "TMPDIR=" + os.TempDir(),
		"GIT_AUTHOR_NAME=you", "GIT_AUTHOR_EMAIL=you@example.com",
		"GIT_COMMITTER_NAME=you", "GIT_COMMITTER_EMAIL=you@example.com",
	}
	return cmd
}

// searchPath is what many systems have, with git's folder first.
func (b *bench) searchPath() string {
	return filepath.Dir(b.git) + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
}
