package realgit

import (
	"io/fs"
	"os"
	"path/filepath"
)

// mostSubmodules bounds a look into the submodules; the largest projects have a
// few hundred.
const mostSubmodules = 1000

// A Module is a submodule whose repository its superproject has taken in.
type Module struct {
	Name   string
	Config string // path of its configuration
}

// Modules are the submodules that a repository has taken in, and of
// theirs. Names may hold slashes, so that a folder is a repository where it has
// a HEAD, and on the way to one where not.
func Modules(repository string) []Module {
	var files []Module
	top := filepath.Join(repository, "modules")
	_ = filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || len(files) >= mostSubmodules {
			return fs.SkipAll
		}
		if _, err := os.Stat(filepath.Join(filepath.Dir(path), "HEAD")); err == nil && entry.IsDir() && entry.Name() != "modules" && path != top {
			return fs.SkipDir // objects, refs, logs …
		}
		if _, err := os.Stat(filepath.Join(path, "HEAD")); err == nil && entry.IsDir() {
			name, _ := filepath.Rel(top, path)
			files = append(files, Module{filepath.ToSlash(name), filepath.Join(path, "config")})
		}
		return nil
	})
	return files
}
