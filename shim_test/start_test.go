//go:build unix

package shim_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Go sets up every package of a program before main begins, for each git command anew, whether the command has a use
// for them or not. What the keyring and cobra bring along is known; no more is to come to it.
const mostSetUp = 32 << 10 // bytes that are allocated; 23 KB with Go 1.26, of which half are regexp's tables

// tooDear are packages that somebody would miss little, and every command would pay for.
var tooDear = []string{"crypto/", "log", "net/http", "html", "database/", "testing"}

func TestLittleIsSetUpAtTheStart(t *testing.T) {
	t.Parallel()
	bytes, seen := 0, 0
	for line := range strings.Lines(trackedStart(t)) {
		var name string
		var at, clock float64
		var allocated int
		if _, err := fmt.Sscanf(line, "init %s @%f ms, %f ms clock, %d bytes", &name, &at, &clock, &allocated); err != nil {
			continue
		}
		seen++
		bytes += allocated
		if allocated > 0 && (name == "bbgit" || strings.HasPrefix(name, "bbgit/")) {
			t.Errorf("%s makes something when the program starts; let it wait for its first use (see auth/pattern)", name)
		}
		for _, dear := range tooDear {
			if name == dear || strings.HasPrefix(name, strings.TrimSuffix(dear, "/")+"/") {
				t.Errorf("%s is part of the program, and is set up for every git command", name)
			}
		}
	}
	if bytes > mostSetUp {
		t.Errorf("%d bytes are allocated before the program starts, want at most %d", bytes, mostSetUp)
	}
	if seen < 10 {
		t.Errorf("only %d packages were seen", seen)
	}
}

// trackedStart is what Go's runtime tells of its work before main (pkg.go.dev/runtime, inittrace).
func trackedStart(t *testing.T) string {
	t.Helper()
	cmd := exec.Command(*binary, "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var told strings.Builder
	cmd.Stderr = &told
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return told.String()
}
