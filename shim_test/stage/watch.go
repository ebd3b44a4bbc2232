package stage

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Watcher looks for the secrets of a world where they must not be: again and again in the arguments and environments of
// its processes, and, when asked to, in its files and in texts such as a screen.
//
// A process that lives for a millisecond can slip through between two looks. Where that must not be, run a story
// under `strace -f -v -s 9999 -e trace=execve` and give the trace to Text.
type Watcher struct {
	world *World
	stop  chan struct{}
	done  chan struct{}

	mu      sync.Mutex
	allowed []sighting
	seen    []sighting
}

type sighting struct{ secret, place string }

// strangers are the folders in /proc of processes that were there before a story began: whatever they become, they are
// none of its own. To look at the environment of each again and again would take most of a processor.
type strangers map[string]bool

// Watch begins to look at processes.
func (w *World) Watch() *Watcher {
	watcher := &Watcher{world: w, stop: make(chan struct{}), done: make(chan struct{})}
	known := strangersNow()
	go func() {
		defer close(watcher.done)
		for {
			watcher.processes(known)
			select {
			case <-watcher.stop:
				return
			case <-time.After(2 * time.Millisecond): // leaves the processor to those who are watched
			}
		}
	}()
	return watcher
}

// Allow says that a secret may be in a place: "file ~/.git-credentials", "argument of git-remote-https". A place that
// ends in * stands for all that begin like that.
func (x *Watcher) Allow(secret, place string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.allowed = append(x.allowed, sighting{secret, place})
}

// Text looks at something that a person or a log can show.
func (x *Watcher) Text(place string, text []byte) {
	for _, name := range x.world.Secrets.In(text) {
		x.add(sighting{name, place})
	}
}

// Files looks at all files of the world.
func (x *Watcher) Files() {
	for _, root := range []string{x.world.Dir, x.world.short} {
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && filepath.Dir(path) != x.world.Bin {
				x.file(path)
			}
			return nil // gone since the folder was listed
		})
	}
}

func (x *Watcher) file(path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		return
	}
	x.Text("file "+x.world.Short(path), data)
}

// Short is path as the person would write it: below ~ or below the folder of the world.
func (w *World) Short(path string) string {
	if inside, ok := strings.CutPrefix(path, w.Home+string(filepath.Separator)); ok {
		return "~/" + filepath.ToSlash(inside)
	}
	if inside, ok := strings.CutPrefix(path, w.Dir+string(filepath.Separator)); ok {
		return filepath.ToSlash(inside)
	}
	return path
}

func (x *Watcher) processes(known strangers) {
	for _, p := range x.world.processes(known) {
		x.Text("argument of "+p.name, p.arguments)
		x.Text("environment of "+p.name, p.variables)
	}
}

func (x *Watcher) add(s sighting) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !slices.Contains(x.seen, s) {
		x.seen = append(x.seen, s)
	}
}

// Stop ends the watch and returns a line for each secret that was seen where it may not be.
func (x *Watcher) Stop() []string {
	close(x.stop)
	<-x.done
	return x.sightings()
}

func (x *Watcher) sightings() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	var lines []string
	for _, s := range x.seen {
		if !slices.ContainsFunc(x.allowed, s.coveredBy) {
			lines = append(lines, fmt.Sprintf("%s was seen in: %s", Placeholder(s.secret), s.place))
		}
	}
	return lines
}

func (s sighting) coveredBy(allowed sighting) bool {
	if s.secret != allowed.secret {
		return false
	}
	if start, ok := strings.CutSuffix(allowed.place, "*"); ok {
		return strings.HasPrefix(s.place, start)
	}
	return s.place == allowed.place
}
