package passthrough

import (
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// onScreen are commands of which a person sees more at a terminal than a file would get.
var onScreen = []struct {
	name string
	args []string // the word first
	has  string   // what there must be to see, lest two empty screens be found alike
}{
	{"pager", []string{"log", "--graph", "--format=%s"}, "paged in 33 44\n"},
	{"colours of a log", []string{"log", "--oneline"}, "\x1b[33m"},
	{"colours of a difference", []string{"diff"}, "\x1b[32m"},
	{"colours of the status", []string{"status"}, "\x1b[31m"},
	{"width", []string{"diff", "--stat"}, "..."},
	{"editor", []string{"commit", "--amend"}, "edited in 33 44\n"},
	{"editor of an interactive rebase", []string{"rebase", "-i", "--root", "--autostash"}, "edited in 33 44\n"},
	{"progress of a clone", []string{"clone", "--no-local", ".", "copy"}, "Receiving objects: 100%"},
	{"progress of a fetch", []string{"fetch", "other"}, "Unpacking objects: 100%"},
	{"progress of a push", []string{"push", "other", "main"}, "Writing objects: 100%"},
	{"progress of a check", []string{"fsck", "--progress"}, "Checking object directories: 100%"},
}

// TestScreenAlike shows the same commands with git alone and behind us, by their own names and as aliases, which we
// stay with.
func TestScreenAlike(t *testing.T) {
	t.Parallel()
	master := newPlace(t)
	made := master.run(t, screenEnv(master), "/bin/sh", "-c", strings.ReplaceAll(aRepository, "git ", realGit(t)+" "))
	if made.status != 0 {
		t.Fatalf("no repository: %+v", made)
	}
	for _, c := range onScreen {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			alias := append([]string{"-c", "alias.x=" + c.args[0], "x"}, c.args[1:]...)
			want := screenOf(t, master, realGit(t), c.args)
			if !strings.Contains(want, c.has) {
				t.Fatalf("git alone shows %q and not %q", want, c.has)
			}
			for name, got := range map[string]string{
				"by its name":  screenOf(t, master, shim(t), c.args),
				"as an alias":  screenOf(t, master, shim(t), alias),
				"without exec": screenOf(t, master, shimWithoutExec(t), c.args),
			} {
				if got != want {
					t.Errorf("%s\ngot  %q\nwant %q", name, got, want)
				}
			}
		})
	}
}

func screenEnv(p place) []string {
	return p.env("TERM=xterm", "GIT_AUTHOR_DATE=1767225600 +0000", "GIT_COMMITTER_DATE=1767225600 +0000",
		"GIT_PAGER=echo paged in $(stty size </dev/tty); cat",
		`GIT_EDITOR=f() { test -t 0 && test -t 1 && echo edited in $(stty size); sed -i 's/first/First/' "$1"; }; f`)
}

// screenOf runs a command in a copy of the master's repository, on a terminal of 33 lines and 44 columns.
func screenOf(t *testing.T, master place, program string, args []string) string {
	t.Helper()
	p := newPlace(t)
	if copied := p.run(t, p.env(), "cp", "-a", master.home+"/.", p.home); copied.status != 0 {
		t.Fatalf("no copy: %+v", copied)
	}
	cmd := p.command(screenEnv(p), program, args...)
	cmd.Dir = filepath.Join(p.home, "repository")
	return steady(playedOn(t, cmd, &pty.Winsize{Rows: 33, Cols: 44}))
}

// aRepository has two commits, a change that is not committed, and a remote that has one commit more on a branch.
const aRepository = `set -e
git init -q -b main repository && cd repository
name=a-file-whose-name-is-longer-than-the-terminal-is-wide.txt
echo one >$name && git add . && git commit -q -m first
git clone -q --bare . ../other && git remote add other ../other
git clone -q ../other ../third && cd ../third
git checkout -q -b topic && git commit -q --allow-empty -m topic && git push -q origin topic && cd ../repository
echo two >>$name && git commit -q -a -m second
echo three >>$name`

// playedOn returns all that a program shows on a terminal until it ends well.
func playedOn(t *testing.T, cmd *exec.Cmd, size *pty.Winsize) string {
	t.Helper()
	device, err := pty.StartWithSize(cmd, size)
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	defer time.AfterFunc(patience, func() { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }).Stop()
	shown, _ := io.ReadAll(device) // EIO, when nobody is on the other side any more
	if err := cmd.Wait(); err != nil {
		t.Errorf("%q: %v\n%q", cmd.Args, err, shown)
	}
	return string(shown)
}

var rate = regexp.MustCompile(`, [0-9.]+ [a-zA-Z]+ \| [0-9.]+ [a-zA-Z]+/s`)

// steady returns a screen without what hangs on time: how often progress was shown, how fast it was, and who of the two
// processes that show it, this end's and the other's, was first.
func steady(shown string) string {
	var here, remote strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(shown, "\r\n", "\n")) {
		line = rate.ReplaceAllString(line[strings.LastIndex(line, "\r")+1:], "")
		if strings.HasPrefix(line, "remote: ") {
			remote.WriteString(line)
		} else {
			here.WriteString(line)
		}
	}
	return here.String() + remote.String()
}

// TestSizeOfTheTerminal changes the size of the window while git runs, which the kernel tells it with SIGWINCH.
func TestSizeOfTheTerminal(t *testing.T) {
	t.Parallel()
	for _, r := range append(routes(t), route{"git", "git", "fetch", false}) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `trap 'echo now $(stty size)' WINCH; echo begin; while ! read -r line; do :; done; echo "end $(stty size)"`)
			term := p.aShell(t)
			term.types(r.program + " " + r.word + "\n")
			term.awaits(`begin\n`)
			for _, size := range []pty.Winsize{{Rows: 30, Cols: 100}, {Rows: 12, Cols: 40}} {
				if err := pty.Setsize(term.device, &size); err != nil {
					t.Fatal(err)
				}
				term.awaits(map[uint16]string{30: `now 30 100\n`, 12: `now 12 40\n`}[size.Rows])
			}
			term.types("\n")
			term.awaits(`end 12 40\n`)
		})
	}
}
