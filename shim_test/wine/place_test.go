package wine

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A place is a folder of Windows for one test, with bbgit in one folder and the
// git that it is to find in another. Both have blanks in their names.
type place struct {
	*Windows
	name string
}

const (
	ours   = "bbgit's own"
	theirs = "Program Files"
)

func newPlace(t *testing.T) place {
	t.Helper()
	p := place{windows(t), strings.ReplaceAll(t.Name(), "/", "-")}
	p.put(t, "bbgit.exe", ours, "bbgit.exe")
	p.put(t, "git.exe", theirs, "git.exe")
	return p
}

// put gives a program that was built a place and a name.
func (p place) put(t *testing.T, program string, elements ...string) {
	t.Helper()
	file := p.file(t, elements...)
	if err := os.Link(p.File(programs, program), file); err != nil {
		t.Fatal(err)
	}
}

func (p place) write(t *testing.T, text string, elements ...string) {
	t.Helper()
	if err := os.WriteFile(p.file(t, elements...), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (p place) file(t *testing.T, elements ...string) string {
	t.Helper()
	file := p.File(append([]string{p.name}, elements...)...)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

// path is what a file of the place is called on Windows.
func (p place) path(elements ...string) string {
	return Name(append([]string{p.name}, elements...)...)
}

// bbgit runs bbgit with these folders first in PATH.
func (p place) bbgit(folders []string, args ...string) *exec.Cmd {
	cmd := p.Command(p.path(ours, "bbgit.exe"), args...)
	cmd.Env = append(cmd.Env, p.environment(folders)...)
	return cmd
}

// observed runs bbgit under the observer.
func (p place) observed(press string, args ...string) *exec.Cmd {
	words := []string{p.path(ours, "bbgit.exe")}
	if press != "" {
		words = append([]string{"-press", press}, words...)
	}
	cmd := p.Command(Name(programs, "observer.exe"), append(words, args...)...)
	cmd.Env = append(cmd.Env, p.environment([]string{theirs})...)
	return cmd
}

func (p place) environment(folders []string) []string {
	path := make([]string, len(folders))
	for i, folder := range folders {
		path[i] = folder
		if folder != "." && folder != "relative" {
			path[i] = p.path(folder)
		}
	}
	return []string{
		"WINEPATH=" + strings.Join(path, ";"),
		"GOOD_PASSWORD_FILE=" + p.path("good"),
		"SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22", // or this machine's own browser would open a page
	}
}
