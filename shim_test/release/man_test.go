package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"bbgit/auth/command"
	"bbgit/shim_test/need"
)

func pages(t *testing.T) map[string]string {
	t.Helper()
	pages, err := manPages(command.Tree(), info)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// Every word of bbgit's has a page, which tells its flags, and is named in bbgit(1).
func TestEveryCommandHasAPage(t *testing.T) {
	t.Parallel()
	all := pages(t)
	for c := range available(command.Tree()) {
		page := all[pageName(c)+".1"]
		for _, section := range []string{"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "SEE ALSO"} {
			if !strings.Contains(page, "\n.SH "+section+"\n") {
				t.Errorf("%s: no %s", c.CommandPath(), section)
			}
		}
		for _, flag := range regexp.MustCompile(`--[a-z-]+`).FindAllString(c.LocalFlags().FlagUsages(), -1) {
			if !strings.Contains(page, roff(flag)) {
				t.Errorf("%s: no %s", c.CommandPath(), flag)
			}
		}
		if !strings.Contains(all["bbgit.1"], roff(pageName(c))+" (1)\n"+roff(c.Short)) {
			t.Errorf("%s is not in bbgit(1)", c.CommandPath())
		}
	}
}

// available are a command and all below it that a person sees.
func available(c *cobra.Command) func(func(*cobra.Command) bool) {
	return func(yield func(*cobra.Command) bool) {
		if !yield(c) {
			return
		}
		for _, word := range c.Commands() {
			if word.IsAvailableCommand() {
				available(word)(yield)
			}
		}
	}
}

// What README says of variables, bbgit(1) says, too.
func TestVariablesOfReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	variables := regexp.MustCompile("(?m)^\\| `([A-Z_]+)").FindAllSubmatch(readme, -1)
	if len(variables) < 3 {
		t.Fatal("README has no table of variables")
	}
	page := pages(t)["bbgit.1"]
	for _, variable := range variables {
		if !strings.Contains(page, string(variable[1])) {
			t.Errorf("bbgit(1) does not know %s", variable[1])
		}
	}
}

// Both formatters of manual pages find nothing to say about them.
func TestPagesAreWellFormed(t *testing.T) {
	t.Parallel()
	need.Programs(t, "mandoc", "groff")
	dir := t.TempDir()
	all := pages(t)
	var paths []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(all[name]), 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
		if out, err := exec.Command("groff", "-ww", "-man", "-Tutf8", "-z", path).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("groff: %v\n%s", err, out)
		}
	}
	if out, err := exec.Command("mandoc", append([]string{"-Tlint", "-Wwarning"}, paths...)...).CombinedOutput(); err != nil {
		t.Errorf("mandoc: %v\n%s", err, out)
	}
}

func TestRoff(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		".netrc\n'x'":      "\\&.netrc\n\\&\\(aqx\\(aq",
		`--repos "C:\git"`: `\-\-repos \(dqC:\egit\(dq`,
		"~/a … b":          `\(ti/a \[u2026] b`,
	} {
		if got := roff(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
