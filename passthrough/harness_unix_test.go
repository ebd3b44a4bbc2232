//go:build unix

package passthrough

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test waits for what has to happen: long enough for a
// machine that is busy with something else.
const patience = 30 * time.Second

var built struct {
	sync.Once
	folder string
	err    error
}

func TestMain(m *testing.M) {
	status := m.Run()
	if built.folder != "" {
		os.RemoveAll(built.folder)
	}
	os.Exit(status)
}

// shim returns the path of a program that is passthrough and little else; see
// testdata/shim.
func shim(t testing.TB) string { return program(t, "shim") }

// shimWithoutExec returns the same program as it is on Windows.
func shimWithoutExec(t testing.TB) string { return program(t, "shim-without-exec") }

// atOnce returns one that has handed over, where it can, before main begins; see
// testdata/atonce.
func atOnce(t testing.TB) string { return program(t, "atonce") }

func program(t testing.TB, name string) string {
	t.Helper()
	built.Do(func() { built.folder, built.err = build() })
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.folder, name)
}

func build() (string, error) {
	folder, err := os.MkdirTemp("", "passthrough")
	if err != nil {
		return "", err
	}
	for name, arguments := range map[string][]string{
		"shim":              {"./testdata/shim"},
		"shim-without-exec": {"-ldflags", "-X bbgit/passthrough.testOnlyNoExec=yes", "./testdata/shim"},
		"atonce":            {"./testdata/atonce"},
	} {
		out, err := exec.Command("go", append([]string{"build", "-o", filepath.Join(folder, name)}, arguments...)...).CombinedOutput()
		if err != nil {
			return folder, errors.New("building the shim: " + string(out))
		}
	}
	return folder, nil
}

// A route is one of the ways through the shim to git.
type route struct {
	name     string
	program  string
	word     string // a command that goes this way
	replaced bool   // git takes the program's place
}

// routes are all the ways through; git itself, which they are compared with, is
// not among them.
func routes(t testing.TB) []route {
	return []route{
		{"untouched", shim(t), "config", true},
		{"lent", shim(t), "status", true},
		{"at once", atOnce(t), "status", true},
		{"stays", shim(t), "fetch", false},
		{"without exec", shimWithoutExec(t), "config", false},
	}
}

// A place is where a test runs programs: a home and a PATH of its own.
type place struct {
	home string
	bin  string // the first folder of PATH
}

func newPlace(t testing.TB) place {
	t.Helper()
	home := t.TempDir()
	bin := filepath.Join(home, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	return place{home, bin}
}

// env is the environment of every program that a test runs.
func (p place) env(more ...string) []string {
	return append([]string{
		"PATH=" + p.bin + ":/usr/local/bin:/usr/bin:/bin",
		"HOME=" + p.home,
		"GIT_CONFIG_GLOBAL=" + filepath.Join(p.home, "gitconfig"),
		"GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=you", "GIT_AUTHOR_EMAIL=you@example.org",
		"GIT_COMMITTER_NAME=you", "GIT_COMMITTER_EMAIL=you@example.org",
		"LC_ALL=C", "TERM=dumb",
	}, more...)
}

// standIn writes a shell script that stands for git, and returns its path.
func (p place) standIn(t testing.TB, script string) string {
	t.Helper()
	file := filepath.Join(p.bin, "git")
	writeProgram(t, file, []byte("#!/bin/sh\n"+script+"\n"))
	return file
}

// writeProgram writes a file to be run. Meanwhile nothing is started, since a
// child forked now would keep the file open for writing, and the kernel would
// not run it (https://go.dev/issue/22315).
func writeProgram(t testing.TB, file string, content []byte) {
	t.Helper()
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := os.WriteFile(file, content, 0o755); err != nil {
		t.Fatal(err)
	}
}

func copyProgram(t testing.TB, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	writeProgram(t, to, content)
}

// A result is all that one can see of a program that has ended.
type result struct {
	stdout, stderr string
	status         syscall.WaitStatus
}

func (p place) run(t testing.TB, env []string, program string, args ...string) result {
	t.Helper()
	return finish(t, p.command(env, program, args...))
}

func (p place) command(env []string, program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Dir = p.home
	cmd.Env = env
	return cmd
}

func finish(t testing.TB, cmd *exec.Cmd) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(patience, func() { cmd.Process.Kill() }).Stop()
	cmd.Wait()
	return result{stdout.String(), stderr.String(), cmd.ProcessState.Sys().(syscall.WaitStatus)}
}

// A job is a program that runs in a process group of its own.
type job struct {
	cmd    *exec.Cmd
	stderr string
}

// start starts a program whose git says that it is ready by making that file.
func (p place) start(t *testing.T, env []string, program string, args ...string) job {
	t.Helper()
	ready := filepath.Join(p.home, "ready")
	os.Remove(ready)
	j := job{p.command(env, program, args...), filepath.Join(t.TempDir(), "stderr")}
	stderr, err := os.Create(j.stderr)
	if err != nil {
		t.Fatal(err)
	}
	defer stderr.Close()
	j.cmd.Stderr = stderr
	j.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := j.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Kill(-j.cmd.Process.Pid, syscall.SIGKILL) })
	eventually(t, "git is ready", func() bool { return exists(ready) })
	return j
}

// end returns how the program ended, once nothing of its group is left.
func (j job) end(t *testing.T) syscall.WaitStatus {
	t.Helper()
	defer time.AfterFunc(patience, func() { syscall.Kill(-j.cmd.Process.Pid, syscall.SIGKILL) }).Stop()
	j.cmd.Wait()
	eventually(t, "nothing is left running", func() bool {
		return syscall.Kill(-j.cmd.Process.Pid, 0) == syscall.ESRCH
	})
	if said, _ := os.ReadFile(j.stderr); len(said) > 0 {
		t.Errorf("on stderr: %s", said)
	}
	return j.cmd.ProcessState.Sys().(syscall.WaitStatus)
}

// eventually waits for a condition to come true.
func eventually(t testing.TB, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

func lines(t testing.TB, file string) []string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(content)), "\n")
}

// realGit is the git that the tests compare with.
func realGit(t testing.TB) string {
	t.Helper()
	git, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	return git
}
