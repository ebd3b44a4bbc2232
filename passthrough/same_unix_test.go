//go:build unix

package passthrough

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestArgumentsArriveByteForByte(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	git := p.standIn(t, `printf '%s\0' "$@"`)
	args := []string{"", "a b", "two\nlines", "\xff\xfe", "*", "$HOME", `back\slash`, `"quoted'`, "--", "-", "é"}
	for i := range 500 {
		args = append(args, strconv.Itoa(i))
	}
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			line := append([]string{"-c", "", r.word}, args...)
			if got, want := p.run(t, p.env(), r.program, line...), p.run(t, p.env(), git, line...); got != want {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestExitStatus(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `exit "$2"`)
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			for _, status := range []int{0, 1, 2, 3, 126, 127, 128, 129, 130, 255} {
				got := p.run(t, p.env(), r.program, r.word, strconv.Itoa(status))
				if got.status.ExitStatus() != status || got.stdout+got.stderr != "" {
					t.Errorf("git's status %d became %+v", status, got)
				}
			}
		})
	}
}

// TestGitAnswersByItself compares what has no word, or one that no table knows,
// with the real git.
func TestGitAnswersByItself(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	env := p.env("GIT_CONFIG_COUNT=2",
		"GIT_CONFIG_KEY_0=alias.hello", "GIT_CONFIG_VALUE_0=!echo hello; exit 3",
		"GIT_CONFIG_KEY_1=alias.v", "GIT_CONFIG_VALUE_1=version --build-options")
	for _, line := range []string{
		"", "--version", "-v", "--help", "-h", "help -a", "version", "--exec-path", "--html-path",
		"--list-cmds=builtins", "hello", "hello with arguments", "v", "no-such-command", "push -h", "-C",
		"-C /does/not/exist push", "--no-such-option", "-c x push", "--bare rev-parse --is-bare-repository",
		"fetch", "config --list", "var -l", "rev-parse --local-env-vars",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			args := strings.Fields(line)
			want := p.run(t, env, realGit(t), args...)
			// var prints its process's idea of the time.
			if got := p.run(t, env, shim(t), args...); got != want && !strings.HasPrefix(line, "var") {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

// TestReadingTheLineAgreesWithGit builds command lines out of git's own options
// and looks whether the real git comes to the word where we do.
func TestReadingTheLineAgreesWithGit(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	git := realGit(t)
	pieces := []string{
		"-C .", "-C ", "-c a.b=c", "-c a.b", "-p", "-P", "--paginate", "--no-pager", "--no-replace-objects",
		"--git-dir x", "--git-dir=x", "--work-tree y", "--work-tree=y", "--namespace n", "--namespace=n",
		"--bare", "--config-env a.b=HOME", "--config-env=a.b=HOME", "--literal-pathspecs",
		"--no-literal-pathspecs", "--glob-pathspecs", "--noglob-pathspecs", "--icase-pathspecs",
		"--no-optional-locks", "--exec-path=" + p.bin, "--exec-path", "--html-path", "--list-cmds=main",
		"-C", "-c", "--git-dir", "--namespace", "--config-env",
	}
	for _, first := range pieces {
		for _, second := range pieces {
			args := append(pieceOf(first), pieceOf(second)...)
			agree(t, p, git, append(args, "version"))
		}
	}
}

// pieceOf splits an option from its value, which may be empty.
func pieceOf(piece string) []string {
	option, value, found := strings.Cut(piece, " ")
	if !found {
		return []string{option}
	}
	return []string{option, value}
}

// agree leaves out what ends with 128: there git did not like an option's value,
// such as a folder that does not exist, and so says nothing of how it read it.
func agree(t *testing.T, p place, git string, args []string) {
	t.Helper()
	word := Read(args).Word
	answer := p.run(t, p.env(), git, args...)
	if answer.status.ExitStatus() == 128 {
		return
	}
	reached := strings.HasPrefix(answer.stdout, "git version")
	if reached != (word == "version") {
		t.Errorf("%q: we read the word %q, git comes to version: %v", args, word, reached)
	}
}

func TestWorksUnderAnyName(t *testing.T) {
	t.Parallel()
	want := newPlace(t).run(t, newPlace(t).env(), realGit(t), "version")
	for name, install := range map[string]func(from, to string) error{
		"symbolic link": os.Symlink,
		"hard link":     os.Link,
		"link to a link": func(from, to string) error {
			if err := os.Symlink(from, to+"-2"); err != nil {
				return err
			}
			return os.Symlink(filepath.Base(to)+"-2", to)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			copied := filepath.Join(p.home, "bbgit")
			copyProgram(t, shim(t), copied)
			if err := install(copied, filepath.Join(p.bin, "git")); err != nil {
				t.Fatal(err)
			}
			for _, program := range []string{copied, filepath.Join(p.bin, "git")} {
				if got := p.run(t, p.env(), program, "version"); got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
			}
		})
	}
}

// TestHandedOverMeansReplaced: nothing of ours is left of what is handed over,
// and what stays is git's parent.
func TestHandedOverMeansReplaced(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, `echo $$ $PPID`)
	for _, r := range routes(t) {
		var out strings.Builder
		cmd := p.command(p.env(), r.program, r.word)
		cmd.Stdout = &out
		if err := cmd.Run(); err != nil {
			t.Fatal(err)
		}
		pids := strings.Fields(out.String())
		ours := strconv.Itoa(cmd.Process.Pid)
		if r.replaced != (pids[0] == ours) || r.replaced == (pids[1] == ours) {
			t.Errorf("%s: started as %s, git is %s and its parent %s", r.name, ours, pids[0], pids[1])
		}
	}
}

// TestAtOnce: main does not begin where there is nothing else to do, and does
// where there is.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.standIn(t, "echo git")
	for _, test := range []struct {
		line, variable string
		main           bool
	}{
		{line: "status"},
		{line: "-C . -c a.b=c status --short"},
		{line: "--version"},
		{line: "config -l"},
		{line: "status", variable: "BBGIT_LEVEL=3"},
		{line: "status", variable: "BBGITS=1"},
		{line: "fetch", main: true},
		{line: "an-alias", main: true},
		{line: "status", variable: "BBGIT_GIT=" + filepath.Join(p.bin, "git"), main: true},
		{line: "status", variable: "BBGIT_TRACE=0", main: true},
	} {
		got := p.run(t, p.env("ATONCE_TELLS=1", test.variable), atOnce(t), strings.Fields(test.line)...)
		if got.stdout != "git\n" || (got.stderr == "main\n") != test.main {
			t.Errorf("%s %s: %+v", test.variable, test.line, got)
		}
	}
}

func TestBackgroundChildrenDoNotKeepUs(t *testing.T) {
	t.Parallel()
	for _, r := range routes(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.standIn(t, `sleep 1000 & echo $! >pid; exit 4`)
			out, err := os.Create(filepath.Join(p.home, "out"))
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			cmd := p.command(p.env(), r.program, r.word)
			cmd.Stdout, cmd.Stderr = out, out // files: nothing but the process is waited for
			if exit, ok := cmd.Run().(*exec.ExitError); !ok || exit.ExitCode() != 4 {
				t.Errorf("ended with %v", cmd.ProcessState)
			}
			endProcess(t, lines(t, filepath.Join(p.home, "pid"))[0])
		})
	}
}

// endProcess ends a process that has to be there.
func endProcess(t *testing.T, pid string) {
	t.Helper()
	number, err := strconv.Atoi(pid)
	if err != nil {
		t.Fatal(err)
	}
	process, err := os.FindProcess(number)
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Kill(); err != nil {
		t.Errorf("process %d is not there any more: %v", number, err)
	}
}

func TestGitThatCannotBeRun(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	writeProgram(t, filepath.Join(p.bin, "git"), []byte("#!/no/such/interpreter\n"))
	for _, r := range routes(t) {
		got := p.run(t, p.env(), r.program, r.word)
		want := "bbgit: cannot run git: no such file or directory: " + p.bin + "/git\n"
		if got.status.ExitStatus() != 126 || got.stderr != want || got.stdout != "" {
			t.Errorf("%s: %+v, want 126 and %q", r.name, got, want)
		}
	}
}
