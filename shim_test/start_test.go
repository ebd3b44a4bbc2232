//go:build unix

package shim_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Go sets up every package of a program before main begins, for each command anew, whether the command has a use for
// them or not. Most commands have gone to git before (package atonce). For the others: what the keyring and cobra bring
// along is known; no more is to come to it.
const mostSetUp = 32 << 10 // bytes that are allocated; 23 KB with Go 1.26, of which half are regexp's tables

// tooDear are packages that somebody would miss little, and every command that main sees would pay for.
var tooDear = []string{"crypto/", "log", "net/http", "html", "database/", "testing"}

// setUp is a package that was set up, and how many bytes were allocated for it.
type setUp struct {
	name  string
	bytes int
}

// under tells whether it is this package, or one below it.
func (p setUp) under(path string) bool { return p.name == path || strings.HasPrefix(p.name, path+"/") }

func TestLittleIsSetUpAtTheStart(t *testing.T) {
	t.Parallel()
	bytes := 0
	packages := trackedStart(t, "remote")
	for _, p := range packages {
		bytes += p.bytes
		if p.bytes > 0 && p.under("bbgit") && !p.under("bbgit/passthrough/atonce") {
			t.Errorf("%s makes something when the program starts; let it wait for its first use (see auth/pattern)", p.name)
		}
		for _, dear := range tooDear {
			if p.under(strings.TrimSuffix(dear, "/")) {
				t.Errorf("%s is part of the program, and is set up for every git command", p.name)
			}
		}
	}
	if bytes > mostSetUp {
		t.Errorf("%d bytes are allocated before the program starts, want at most %d", bytes, mostSetUp)
	}
	if !slices.ContainsFunc(packages, isOfOthers) {
		t.Errorf("only these packages were seen: %v", packages)
	}
}

// isOfOthers tells packages that have to wait until the commands of which nothing is left to do have gone.
func isOfOthers(p setUp) bool {
	return p.under("github.com") || p.under("golang.org") || p.under("unicode") || p.under("reflect") || p.under("net")
}

func TestMostCommandsWaitForNoOtherPackage(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"version", "status"} {
		packages := trackedStart(t, word)
		for _, p := range packages {
			if isOfOthers(p) {
				t.Errorf("%s: %s is set up before git takes the place of bbgit", word, p.name)
			}
		}
		if !slices.ContainsFunc(packages, func(p setUp) bool { return p.name == "os" }) {
			t.Errorf("%s: only these packages were seen: %v", word, packages)
		}
	}
}

// trackedStart is what Go's runtime tells of its work before main (pkg.go.dev/runtime, inittrace).
func trackedStart(t *testing.T, word string) (packages []setUp) {
	t.Helper()
	cmd := exec.Command(*binary, word)
	cmd.Dir = t.TempDir()
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + cmd.Dir, "GODEBUG=inittrace=1"}
	if out, err := exec.Command("git", "init", "-q", cmd.Dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var told strings.Builder
	cmd.Stderr = &told
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, &told)
	}
	for line := range strings.Lines(told.String()) {
		var p setUp
		var at, clock float64
		if _, err := fmt.Sscanf(line, "init %s @%f ms, %f ms clock, %d bytes", &p.name, &at, &clock, &p.bytes); err == nil {
			packages = append(packages, p)
		}
	}
	return packages
}
