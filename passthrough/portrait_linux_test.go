package passthrough

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// portrait is a git that draws itself: what the kernel knows of a process that
// git could notice a difference in. The signals are those of its child, as a
// shell blocks its own for as long as it takes to start one.
const portrait = `
echo arguments; tr '\0' '\n' </proc/$$/cmdline | tail -n +3
echo folder; readlink /proc/$$/cwd
for n in 0 1 2 7; do
	echo file $n; readlink /proc/$$/fd/$n; grep flags /proc/$$/fdinfo/$n
done
echo signals; grep -E 'Sig(Blk|Ign)|NoNewPrivs|CapEff|Seccomp:' /proc/self/status
echo limits; cat /proc/$$/limits
echo group and session; cut -d ' ' -f 5-8,18,19 /proc/$$/stat
echo umask; umask
echo environment; tr '\0' '\n' </proc/$$/environ`

func TestPortrait(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	git := p.standIn(t, portrait)
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			for _, before := range []string{
				"",                      // as a shell starts it
				"trap '' INT HUP; ",     // nohup, and a script's &
				"cd linked; umask 077;", // a folder that is reached by a link
				"ulimit -n 200; ulimit -c 0;",
			} {
				want := drawn(t, p, before, git, r.word)
				got := drawn(t, p, before, r.program, r.word)
				if got := without(got, "BBGIT_LEVEL="); !slices.Equal(got, want) {
					t.Errorf("after %q\ngot  %q\nwant %q", before, got, want)
				}
			}
		})
	}
}

// drawn returns the portrait of git as the program runs it, with nothing that
// is not a file of our own behind file descriptors 0, 1, 2 and 7.
func drawn(t *testing.T, p place, before, program, word string) []string {
	t.Helper()
	os.Symlink("bin", filepath.Join(p.home, "linked"))
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	// What is inherited without blocking stays so.
	in, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer w.Close()
	script := before + `exec "$0" "$@" 7>/dev/null`
	cmd := p.command(p.env("EMPTY=", "BYTES=\xff", "bash_func%%=() { :; }"),
		"/bin/sh", "-c", script, program, word, "", "\xff", "a b")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, out
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	var drawing []string
	for _, line := range lines(t, out.Name()) {
		line = strings.ReplaceAll(line, out.Name(), "OUT")
		if strings.HasPrefix(line, "pipe:") {
			line = "pipe"
		}
		drawing = append(drawing, line)
	}
	return drawing
}

// TestSharesOpenFiles tells the same file from one that was opened again: both
// have the name, but only the same one has the offset and the flags.
func TestSharesOpenFiles(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `read -r line; echo "$line"; read -r line <&7; echo "$line"`)
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			input := openedAt(t, "one\ntwo\n", 4)
			seventh := openedAt(t, "three\nfour\n", 6)
			cmd := p.command(p.env(), r.program, r.word)
			cmd.Stdin = input
			cmd.ExtraFiles = []*os.File{3: nil, 4: seventh}
			out, err := cmd.Output()
			if err != nil || string(out) != "two\nfour\n" {
				t.Errorf("%q, %v", out, err)
			}
		})
	}
}

func openedAt(t *testing.T, content string, offset int64) *os.File {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	if _, err := file.Seek(offset, 0); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestKeepsNonBlocking: a file that does not block is the business of whoever
// made it so.
func TestKeepsNonBlocking(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	git := p.standIn(t, `grep flags /proc/$$/fdinfo/0`)
	for _, r := range append(routes(t), route{"git", git, "fetch", false}) {
		var ends [2]int
		if err := syscall.Pipe2(ends[:], syscall.O_CLOEXEC|syscall.O_NONBLOCK); err != nil {
			t.Fatal(err)
		}
		read := os.NewFile(uintptr(ends[0]), "in")
		cmd := p.command(p.env(), r.program, r.word)
		cmd.Stdin = read
		out, err := cmd.Output()
		if err != nil || !strings.Contains(string(out), "4000") {
			t.Errorf("%s: %q, %v", r.name, out, err)
		}
		read.Close()
		syscall.Close(ends[1])
	}
}

func TestEnvironmentThroughAnAlias(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	args := []string{"-c", "alias.e=!env | LC_ALL=C sort", "e"}
	sorted := func(program string, more ...string) []string {
		out, err := p.command(p.env(more...), program, args...).Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSpace(string(out)), "\n")
	}
	want := sorted(realGit(t))
	got := sorted(shim(t), "SHIM_JOIN=ADDED=by the companion")
	for _, ours := range []string{"BBGIT_LEVEL=1", "ADDED=by the companion"} {
		if !slices.Contains(got, ours) {
			t.Errorf("%q is not in git's environment", ours)
		}
		got = without(got, ours)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func without(list []string, prefix string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return strings.HasPrefix(s, prefix) })
}
