//go:build unix

package realgit

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"bbgit/auth/bitbucket"
)

var sshCheck = SSHCheck{URL: "git@bitbucket.org:you/thesis.git", Service: "git-upload-pack"}

// A rule that would lead elsewhere has been applied already, and a terminal is
// not there.
func TestAskSSHConnectsAsGitDid(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[url \"git@elsewhere.example.com:\"]\n\tinsteadOf = git@bitbucket.org:\n", "LANG=de_DE.UTF-8")
	g.Env = append(g.Env, "GIT_SSH_COMMAND=sh "+filepath.Join(g.Dir, "own"))
	write(t, filepath.Join(g.Dir, "own"), `echo "$*" >`+g.Dir+`/called; (: </dev/tty) 2>/dev/null && echo terminal >>`+g.Dir+`/called; echo Forbidden >&2; exit 1`)
	f, answered := g.AskSSH(t.Context(), SSHCheck{URL: sshCheck.URL, Service: "git-receive-pack"})
	if answered || f.Trouble != bitbucket.SSHAccessRefused {
		t.Errorf("%+v, %v", f, answered)
	}
	if called := read(t, filepath.Join(g.Dir, "called")); !strings.HasSuffix(called, "git@bitbucket.org git-receive-pack 'you/thesis.git'\n") {
		t.Errorf("called with %q", called)
	}
}

// Whoever loses patience ends all of it: git, ssh, and what ssh has started to
// get through to the host.
func TestAskSSHLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	g := newGit(t, "")
	started := filepath.Join(g.Dir, "started")
	write(t, filepath.Join(g.Dir, "slow"), "sleep 600 & echo $! >"+started+".new; mv "+started+".new "+started+"; wait\n")
	g.Env = append(g.Env, "GIT_SSH_COMMAND=sh "+filepath.Join(g.Dir, "slow"))
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer cancel()
		for ctx.Err() == nil {
			if _, err := os.Stat(started); err == nil {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	if f, answered := g.AskSSH(ctx, sshCheck); answered || f.Trouble != bitbucket.SSHUnclear {
		t.Errorf("%+v, %v", f, answered)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(read(t, started)))
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); running(pid); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("still running")
		}
	}
}

// running does not count a process that has ended, whether or not somebody has
// asked for its status by now.
func running(pid int) bool {
	if status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat"); err == nil {
		_, state, _ := strings.Cut(string(status), ") ")
		return !strings.HasPrefix(state, "Z")
	}
	return syscall.Kill(pid, 0) == nil
}
