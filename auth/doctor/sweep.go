package doctor

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"bbgit/auth/realgit"
)

// A Sweep is a look through a folder for clones.
type Sweep struct {
	Folder  string
	Folders int // how many were looked into
	Skipped []Skipped
}

// Skipped is a place that was not looked into, and why.
type Skipped struct{ Path, Why string }

const unreadable = "it cannot be read"

// found is a repository that a sweep came across.
type found struct{ top, repository string }

// sweeper looks into folders, several at once: a disk answers some dozen
// questions in the time of one.
type sweeper struct {
	root string
	seen func(folders, clones int)

	mu      sync.Mutex
	wake    *sync.Cond
	todo    []string
	busy    int
	found   []found
	sweep   Sweep
	rootDev uint64
}

// sweepersPerCore keeps a disk busy: a look into a folder is waiting, mostly.
const sweepersPerCore = 4

// sweep looks for clones below folder. It goes to no other file system, and
// follows no symbolic link: what it changes lies where the person said.
func sweep(ctx context.Context, folder string, seen func(folders, clones int)) ([]found, Sweep, error) {
	root, err := filepath.Abs(folder)
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	if err != nil {
		return nil, Sweep{}, err
	}
	info, err := os.Stat(root)
	if err != nil {
		return nil, Sweep{}, err
	}
	if !info.IsDir() {
		return nil, Sweep{}, fmt.Errorf("%s is not a folder", folder)
	}
	s := &sweeper{root: root, seen: seen, todo: []string{root}, sweep: Sweep{Folder: root}, rootDev: device(info)}
	s.wake = sync.NewCond(&s.mu)
	var group sync.WaitGroup
	for range sweepersPerCore * runtime.GOMAXPROCS(0) {
		group.Go(func() { s.work(ctx) })
	}
	group.Wait()
	slices.SortFunc(s.found, func(a, b found) int { return strings.Compare(a.top, b.top) })
	slices.SortFunc(s.sweep.Skipped, func(a, b Skipped) int { return strings.Compare(a.Path, b.Path) })
	return s.found, s.sweep, ctx.Err()
}

// work takes folders until none is left and nobody can find more.
func (s *sweeper) work(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for len(s.todo) == 0 && s.busy > 0 {
			s.wake.Wait()
		}
		if len(s.todo) == 0 || ctx.Err() != nil {
			s.wake.Broadcast()
			return
		}
		dir := s.todo[len(s.todo)-1]
		s.todo = s.todo[:len(s.todo)-1]
		s.busy++
		s.sweep.Folders++
		s.seen(s.sweep.Folders, len(s.found))
		s.mu.Unlock()
		below := s.look(dir)
		s.mu.Lock()
		s.busy--
		s.todo = append(s.todo, below...)
		s.wake.Broadcast()
	}
}

func (s *sweeper) skip(path, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep.Skipped = append(s.sweep.Skipped, Skipped{path, why})
}

func (s *sweeper) add(top, repository string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found = append(s.found, found{top, repository})
}

// look reads one folder and returns those below it.
func (s *sweeper) look(dir string) (below []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		s.skip(dir, unreadable)
		return nil
	}
	if isRepository(entries) {
		s.add(dir, dir)
		return nil
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case e.Name() == ".git":
			s.lookAtGit(dir, e)
		case e.IsDir() && s.elsewhere(e):
			s.skip(path, "it is another file system")
		case e.IsDir():
			below = append(below, path)
		}
	}
	return below
}

func (s *sweeper) elsewhere(e os.DirEntry) bool {
	info, err := e.Info()
	return err == nil && device(info) != s.rootDev
}

// isRepository tells what git takes for a repository (setup.c,
// is_git_directory), from what a folder holds.
func isRepository(entries []os.DirEntry) bool {
	found := 0
	for _, e := range entries {
		switch e.Name() {
		case "HEAD", "config":
			found++
		case "objects", "refs":
			if e.IsDir() {
				found++
			}
		}
	}
	return found == 4
}

// lookAtGit sees to the ".git" of a working tree: a folder, or a file that names
// one (gitrepository-layout(5)). What that names is found by itself, as a
// submodule or a worktree of a clone or as a bare repository, where it lies below
// the same folder; where it does not, that is said.
func (s *sweeper) lookAtGit(top string, e os.DirEntry) {
	path := filepath.Join(top, e.Name())
	switch {
	case e.IsDir() && s.elsewhere(e):
		s.skip(path, "it is another file system")
	case e.IsDir():
		s.add(top, path)
	case e.Type().IsRegular():
		if to, ok := leadsTo(path); ok && !inside(to, s.root) {
			s.skip(top, "its repository lies outside of the folder, at "+to)
		}
	case e.Type()&os.ModeSymlink != 0:
		s.skip(path, "it is a symbolic link")
	}
}

// leadsTo is the folder that a file ".git" names.
func leadsTo(file string) (folder string, ok bool) {
	text, err := os.ReadFile(file)
	if err != nil || len(text) > longestConfig {
		return "", false
	}
	folder, ok = strings.CutPrefix(strings.TrimRight(string(text), "\r\n"), "gitdir: ")
	if !ok {
		return "", false
	}
	if folder = filepath.FromSlash(folder); !filepath.IsAbs(folder) {
		folder = filepath.Join(filepath.Dir(file), folder)
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	return folder, true
}

func inside(path, root string) bool {
	return path == root || strings.HasPrefix(path, strings.TrimSuffix(root, string(filepath.Separator))+string(filepath.Separator))
}

// readAll reads the configurations of what a sweep has found, several at once.
func readAll(ctx context.Context, g *realgit.Git, all []found, done func(int)) []Clone {
	clones := make([]Clone, len(all))
	slots := make(chan struct{}, 2*runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	var mu sync.Mutex
	count := 0
	for i, f := range all {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			clones[i] = readClone(ctx, g, f.top, f.repository)
			mu.Lock()
			defer mu.Unlock()
			count++
			done(count)
		})
	}
	group.Wait()
	return clones
}

func judgeSweep(f Facts) []Finding {
	const check = "sweep"
	if f.Swept == nil {
		return nil
	}
	ofBitbucket := 0
	for _, c := range f.Clones {
		if f.usesBitbucket(c) {
			ofBitbucket++
		}
	}
	all := []Finding{find(check, OK, f.Swept.Folder, "Looked through %s: %s, %d of Bitbucket.",
		realgit.ShownPath(f.Swept.Folder), counted(len(f.Clones), "clone"), ofBitbucket)}
	for _, s := range f.Swept.Skipped {
		skipped := find(check, Note, s.Path, "%s was not looked into: %s.", shown(s.Path), s.Why)
		if s.Why == unreadable {
			skipped.State = Attention
			skipped = skipped.with("chmod u+rx " + word(s.Path))
		}
		all = append(all, skipped)
	}
	return all
}
