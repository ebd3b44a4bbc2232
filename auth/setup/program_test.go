package setup

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Each has the file at the first path and links to it at the others.
func TestFindProgram(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the paths are those of other systems")
	}
	for name, c := range map[string]struct {
		files  []string
		called string // "" for the first name in PATH
		path   string
		want   string
		flags  Program
	}{
		"go install":          {files: []string{"go/bin/bbgit"}, path: "go/bin", want: "go/bin/bbgit"},
		"homebrew":            {files: []string{"opt/Cellar/bbgit/1.2.3/bin/bbgit", "opt/bin/bbgit"}, path: "opt/bin", want: "opt/bin/bbgit"},
		"homebrew, by itself": {files: []string{"opt/Cellar/bbgit/1.2.3/bin/bbgit", "opt/bin/bbgit"}, called: "opt/Cellar/bbgit/1.2.3/bin/bbgit", path: "opt/bin", want: "opt/bin/bbgit"},
		"nix":                 {files: []string{"nix/store/abc-bbgit/bin/bbgit", ".nix-profile/bin/bbgit"}, path: ".nix-profile/bin", want: ".nix-profile/bin/bbgit"},
		"scoop":               {files: []string{"scoop/apps/bbgit/1.2.3/bbgit", "scoop/apps/bbgit/current/bbgit"}, called: "scoop/apps/bbgit/1.2.3/bbgit", want: "scoop/apps/bbgit/current/bbgit"},
		"under the name git":  {files: []string{"go/bin/bbgit", "bin/git"}, called: "git", path: "bin:go/bin", want: "go/bin/bbgit"},
		"as git alone":        {files: []string{"src/bbgit", "bin/git"}, called: "git", path: "bin", want: "bin/git"},
		"by its path":         {files: []string{"src/bbgit"}, called: "src/bbgit", path: "bin", want: "src/bbgit"},
		"another is in PATH":  {files: []string{"src/bbgit"}, called: "src/bbgit", path: "other", want: "src/bbgit"},
		"a version alone":     {files: []string{"opt/bbgit-1.2/bbgit"}, called: "opt/bbgit-1.2/bbgit", want: "opt/bbgit-1.2/bbgit", flags: Program{Versioned: true}},
		"go run":              {files: []string{"x/go-build123/b001/exe/bbgit"}, called: "x/go-build123/b001/exe/bbgit", want: "x/go-build123/b001/exe/bbgit", flags: Program{Temporary: true}},
		"a temporary folder":  {files: []string{"temporary/bbgit"}, called: "temporary/bbgit", want: "temporary/bbgit", flags: Program{Temporary: true}},
		"temporary, but kept": {files: []string{"temporary/bbgit", "bin/bbgit"}, called: "temporary/bbgit", path: "bin", want: "bin/bbgit"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			in := func(file string) string { return filepath.Join(root, filepath.FromSlash(file)) }
			for i, file := range append(c.files, "other/bbgit") {
				if err := os.MkdirAll(filepath.Dir(in(file)), 0o700); err != nil {
					t.Fatal(err)
				}
				var err error
				if i == 0 || file == "other/bbgit" {
					err = os.WriteFile(in(file), []byte(file), 0o700)
				} else {
					err = os.Symlink(in(c.files[0]), in(file))
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			called := c.called
			if called == "" {
				called = "bbgit"
			}
			if strings.Contains(called, "/") {
				called = in(called)
			}
			var path []string
			for folder := range strings.SplitSeq(c.path, ":") {
				path = append(path, in(folder))
			}
			got := findProgram(called, in(c.files[0]), strings.Join(path, ":"), in("temporary"))
			c.flags.Path = in(c.want)
			if got != c.flags {
				t.Errorf("got %+v, want %+v", got, c.flags)
			}
		})
	}
}
