//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"bbgit/shim_test/stage"
)

// suite is git's test suite, ready to run.
type suite struct {
	version string
	source  string // git's source
	folder  string // holds a folder for each way, and one where the tests run
	path    string // PATH of the tests; it leads to the real git
	user    *syscall.Credential
	choice
}

// A choice is what the tester leaves out.
type choice struct {
	brief bool // git alone runs only the scripts that were not all well behind bbgit
	on    bool // what an earlier run has finished is not run again
}

// A way is how the tests come to git: the folder of that name holds the program git, and the results.
type way string

const (
	alone  way = "git"
	behind way = "bbgit"
)

var ways = []way{alone, behind}

func prepare(ctx context.Context, folder string, choice choice) (*suite, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	version, err := installedGit(ctx)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	if err := os.Chmod(folder, 0o755); err != nil { // a temporary folder is for its owner alone
		return nil, err
	}
	source, err := fetchSource(ctx, folder, version)
	if err != nil {
		return nil, err
	}
	if err := build(ctx, source); err != nil {
		return nil, err
	}
	git, err := exec.LookPath("git")
	if err != nil {
		return nil, err
	}
	s := &suite{version: "git " + version, source: source, folder: folder, path: filepath.Dir(git) + ":/usr/local/bin:/usr/bin:/bin", choice: choice}
	if err := s.becomeNobody(); err != nil {
		return nil, err
	}
	return s, s.install(git)
}

// options are those of Debian's package (its debian/rules), as far as the tests see them: what they expect of git
// depends on how it was built. Nothing that is built here is measured, and so the compiler does not optimize.
var options = []string{
	"prefix=/usr", "gitexecdir=/usr/lib/git-core", "NO_OPENSSL=1", "USE_LIBPCRE2=1", "NO_PERL_CPAN_FALLBACKS=1",
	"INSTALLDIRS=vendor", "PYTHON_PATH=/usr/bin/python3", "DEFAULT_PAGER=pager", "DEFAULT_EDITOR=editor",
	"SANE_TOOL_PATH=", "CFLAGS=-O0",
}

// build makes what the tests need beside an installed git.
func build(ctx context.Context, source string) error {
	targets := []string{"GIT-BUILD-OPTIONS", "t/helper/test-tool", "t/helper/test-fake-ssh"}
	if _, err := exec.LookPath("msgfmt"); err == nil {
		targets = append(targets, "po/build/locale/is/LC_MESSAGES/git.mo") // the language of git's tests of translations
	}
	for _, pattern := range []string{"perl/*.pm", "perl/Git/*.pm", "perl/Git/*/*.pm", "perl/Git/*/*/*.pm"} {
		modules, err := filepath.Glob(filepath.Join(source, pattern))
		if err != nil {
			return err
		}
		for _, module := range modules {
			targets = append(targets, "perl/build/lib"+strings.TrimPrefix(module, source+"/perl"))
		}
	}
	line := append([]string{"make", "-s", "-j" + strconv.Itoa(runtime.NumCPU())}, options...)
	if err := quietly(ctx, source, append(line, targets...)...); err != nil {
		return err
	}
	return quietly(ctx, source, append(slices.Clone(line), "-C", "templates", "SHELL_PATH=/bin/sh", "PERL_PATH=/usr/bin/perl")...)
}

// becomeNobody chooses the user of the tests.
func (s *suite) becomeNobody() error {
	if os.Getuid() != 0 {
		return nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return err
	}
	uid, errUser := strconv.ParseUint(nobody.Uid, 10, 32)
	gid, errGroup := strconv.ParseUint(nobody.Gid, 10, 32)
	if errUser != nil || errGroup != nil {
		return fmt.Errorf("user nobody has the numbers %q and %q", nobody.Uid, nobody.Gid)
	}
	s.user = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return nil
}

// install puts a program called git into the folder of each way, beside places where the tests may write.
func (s *suite) install(git string) error {
	for _, w := range ways {
		for _, place := range []string{s.bin(w), s.results(w), s.trash()} {
			if err := os.MkdirAll(place, 0o755); err != nil {
				return err
			}
			if place == s.bin(w) || s.user == nil {
				continue
			}
			if err := os.Chown(place, int(s.user.Uid), int(s.user.Gid)); err != nil {
				return err
			}
		}
		if err := os.RemoveAll(filepath.Join(s.bin(w), "git")); err != nil { // of an earlier run
			return err
		}
	}
	if err := os.Symlink(git, filepath.Join(s.bin(alone), "git")); err != nil {
		return err
	}
	bbgit, err := stage.Build(s.bin(behind))
	if err != nil {
		return err
	}
	return os.Rename(bbgit, filepath.Join(s.bin(behind), "git"))
}

func (s *suite) bin(w way) string     { return filepath.Join(s.folder, string(w), "bin") }
func (s *suite) results(w way) string { return filepath.Join(s.folder, string(w), "results") }

// trash is where the tests run, one way after the other: a test's name can hold the path.
func (s *suite) trash() string { return filepath.Join(s.folder, "trash") }
