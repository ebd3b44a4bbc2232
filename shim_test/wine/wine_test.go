package wine

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bbgit/shim_test/need"
)

// machine is the one Windows of this run of tests, with all programs and tests built.
var machine struct {
	sync.Once
	*Windows
	err error
}

func TestMain(m *testing.M) {
	status := m.Run()
	if machine.Windows != nil {
		if err := machine.Close(); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			status = 1
		}
	}
	os.Exit(status)
}

// Folders of what is built.
const (
	programs = "programs"
	tests    = "tests"
)

func windows(t *testing.T) *Windows {
	t.Helper()
	need.Programs(t, Programs...)
	machine.Do(func() {
		if machine.Windows, machine.err = New(); machine.err != nil {
			return
		}
		machine.err = machine.Build(programs, "bbgit",
			"bbgit/shim_test/wine/testdata/git", "bbgit/shim_test/wine/testdata/observer")
		if machine.err == nil {
			machine.err = machine.BuildTests(tests, slices.Sorted(maps.Keys(testedPackages))...)
		}
	})
	if machine.err != nil {
		t.Fatal(machine.err)
	}
	return machine.Windows
}

// testedPackages have something of their own for Windows, which these of their tests try.
var testedPackages = map[string]string{
	"bbgit/auth/relay":    ".",
	"bbgit/auth/starter":  ".",
	"bbgit/auth/store":    "TestCredentialManager|TestErrorsOfWindows",
	"bbgit/auth/terminal": ".",

	"bbgit/passthrough/handover": ".",
}

// credentials is held by whoever needs the store of credentials, of which there is one on a Windows.
var credentials sync.Mutex

// TestPackages runs these tests as they are.
func TestPackages(t *testing.T) {
	t.Parallel()
	w := windows(t)
	for pkg, pattern := range testedPackages {
		t.Run(pkg, func(t *testing.T) {
			t.Parallel()
			if pkg == "bbgit/auth/store" {
				credentials.Lock()
				defer credentials.Unlock()
			}
			program := Name(tests, filepath.Base(pkg)+".test.exe")
			got := run(t, w.Command(program, "-test.v", "-test.run", pattern, "-test.timeout", "150s"))
			if got.code != 0 || !strings.Contains(got.stdout, "\nPASS\n") || strings.Contains(got.stdout, "--- SKIP") {
				t.Errorf("exit %d\n%s%s", got.code, got.stdout, got.stderr)
			}
		})
	}
}

// patience is how long a program may take to end; only a failing test waits so long.
const patience = 3 * time.Minute

// outcome is how a program without a console ended.
type outcome struct {
	stdout, stderr string
	code           int // the low byte of Windows' exit status, which is all that Unix sees
}

// run runs a program to its end.
func run(t *testing.T, cmd *exec.Cmd) outcome {
	t.Helper()
	// Files, and no pipes: what a program leaves running would hold them open.
	dir := t.TempDir()
	stdout, stderr := create(t, dir, "stdout"), create(t, dir, "stderr")
	defer stdout.Close()
	defer stderr.Close()
	cmd.Stdout, cmd.Stderr = stdout, stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	if !late.Stop() {
		t.Errorf("%q did not end", cmd.Args)
	}
	return outcome{read(t, stdout), read(t, stderr), cmd.ProcessState.ExitCode()}
}

func create(t *testing.T, dir, name string) *os.File {
	t.Helper()
	file, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func read(t *testing.T, file *os.File) string {
	t.Helper()
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}
