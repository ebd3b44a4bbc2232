//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"

	"bbgit/shim_test/need"
	"bbgit/shim_test/stage"
)

// TestMain is the demo itself when a test starts it as one.
func TestMain(m *testing.M) {
	if os.Getenv("DEMO_TEST_IS_DEMO") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// open starts the demo at a terminal, with its temporary folders in tmp.
func open(t *testing.T, shell, tmp string) *stage.Terminal {
	t.Helper()
	program, err := exec.LookPath("true")
	if err != nil {
		t.Fatal(err)
	}
	world, err := stage.New(t.TempDir(), program)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = world.Close() })
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	demo := exec.Command(self)
	demo.Env = append(os.Environ(), "DEMO_TEST_IS_DEMO=1", "SHELL="+shell, "TMPDIR="+tmp)
	terminal, err := world.Terminal(demo)
	if err != nil {
		t.Fatal(err)
	}
	return terminal
}

var token = regexp.MustCompile(`ATATT\S+`)

func TestDemoInEveryShell(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"bash", "zsh", "fish", "sh", "tcsh"} { // the last stands for one that we do not know
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			need.Programs(t, need.Keyring...)
			if name != "tcsh" {
				need.Programs(t, name)
			}
			shell, _ := exec.LookPath(name)
			tmp := t.TempDir()
			terminal := open(t, shell, tmp)
			play(t, terminal, "expect Building\nexpect copy it now\nexpect demo\ntype git push\nexpect API token:\necho-off")
			play(t, terminal, "type "+token.FindString(terminal.Text())+"\nexpect main -> main\nexpect demo")
			play(t, terminal, "type cd ~/notes; git push && echo done\nexpect main -> main\nexpect done\ntype exit")
			end(t, terminal, tmp)
		})
	}
}

func TestDemoCleansUpWhenItIsStopped(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]os.Signal{"term": syscall.SIGTERM, "hang-up": syscall.SIGHUP} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tmp := t.TempDir()
			terminal := open(t, "/bin/sh", tmp)
			play(t, terminal, "expect copy it now\nexpect demo")
			if err := terminal.Signal(s); err != nil {
				t.Fatal(err)
			}
			end(t, terminal, tmp)
		})
	}
}

func play(t *testing.T, terminal *stage.Terminal, dialogue string) {
	t.Helper()
	if err := terminal.Play(dialogue); err != nil {
		t.Fatal(err)
	}
}

func end(t *testing.T, terminal *stage.Terminal, tmp string) {
	t.Helper()
	exit, err := terminal.Wait()
	if err != nil || exit != (stage.Exit{}) {
		t.Fatalf("%v, %v\n%s", exit, err, terminal.Screen())
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "*")); left != nil {
		t.Errorf("left behind: %q", left)
	}
}
