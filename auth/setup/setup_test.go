package setup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"bbgit/auth/envconfig"
	"bbgit/auth/realgit"
	"bbgit/auth/textfile"
)

// stepVariable makes the test binary write the set-up of its home, and kill
// itself before that step.
const stepVariable = "BBGIT_SETUP_TEST_STEP"

func TestMain(m *testing.M) {
	if step := os.Getenv(stepVariable); step != "" {
		textfile.TestOnlyStep = func(now string) {
			if now == step {
				self, _ := os.FindProcess(os.Getpid())
				_ = self.Kill()
				select {}
			}
		}
		os.Exit(writeHere())
	}
	os.Exit(m.Run())
}

func writeHere() int {
	git := &realgit.Git{Path: os.Getenv("BBGIT_SETUP_TEST_GIT"), Env: os.Environ()}
	plan, err := Make(context.Background(), git, bbgit)
	if err == nil {
		err = plan.Write(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

var bbgit = Program{Path: "/opt/bbgit/bbgit"}

// home is a person's, with the real git.
type home struct {
	t    *testing.T
	path string
	git  *realgit.Git
}

func newHome(t *testing.T, env ...string) home {
	t.Helper()
	path := t.TempDir()
	git, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	env = append([]string{"HOME=" + path, "USERPROFILE=" + path, "PATH=" + os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM=1", "GIT_CEILING_DIRECTORIES=" + filepath.Dir(path)}, env...)
	return home{t, path, &realgit.Git{Path: git, Dir: path, Env: env}}
}

func (h home) file(names ...string) string {
	return filepath.Join(append([]string{h.path}, names...)...)
}

func (h home) write(name, text string) {
	h.t.Helper()
	file := h.file(filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		h.t.Fatal(err)
	}
}

func (h home) read(name string) string {
	h.t.Helper()
	text, err := os.ReadFile(h.file(filepath.FromSlash(name)))
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text)
}

func (h home) plan() Plan {
	h.t.Helper()
	plan, err := Make(h.t.Context(), h.git, bbgit)
	if err != nil {
		h.t.Fatal(err)
	}
	return plan
}

func (h home) setUp() {
	h.t.Helper()
	if err := h.plan().Write(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	if !h.plan().Done {
		h.t.Error("it was written, and is not seen")
	}
}

func (h home) undo() {
	h.t.Helper()
	if _, err := Undo(h.t.Context(), h.git); err != nil {
		h.t.Fatal(err)
	}
}

// nothingElse checks that a change has left no lock and no other file.
func (h home) nothingElse(files ...string) {
	h.t.Helper()
	var found []string
	err := filepath.WalkDir(h.path, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(h.path, path)
			found = append(found, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil || strings.Join(found, " ") != strings.Join(files, " ") {
		h.t.Errorf("found %q, want %q (%v)", found, files, err)
	}
}

// Git reads the new lines as they are meant, and the file is as before once they
// are undone: whatever it was, and wherever.
func TestSetUpAndUndo(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"usual":               "[user]\n\tname = You\n[credential]\n\thelper = store\n",
		"no final line end":   "[credential]\n\thelper = store",
		"crlf":                "[credential]\r\n\thelper = store\r\n\thelper = cache\r\n",
		"a line that goes on": "[user]\n\tname = You\\",
		"empty":               "",
		"a section of its own": "[credential \"https://bitbucket.org\"]\n\thelper = store\n" +
			"[alias]\n\tx = \"!f() { echo \\\"[a]\\\"; }; f\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHome(t)
			h.write(".gitconfig", text)
			if err := os.Chmod(h.file(".gitconfig"), 0o640); err != nil {
				t.Fatal(err)
			}
			h.setUp()
			after := h.read(".gitconfig")
			if entries, err := h.git.AllSettings(t.Context()); err != nil {
				t.Error(err)
			} else if ours, others := realgit.Installed(entries); !ours || others != nil {
				t.Errorf("ours %v, others %v", ours, others)
			}
			h.setUp()
			if again := h.read(".gitconfig"); again != after {
				t.Errorf("the second time: %q", again)
			}
			h.undo()
			if got := h.read(".gitconfig"); got != text {
				t.Errorf("%q became %q", text, got)
			}
			if info, err := os.Stat(h.file(".gitconfig")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
				t.Errorf("permissions %v, %v", info.Mode(), err)
			}
			h.nothingElse(".gitconfig")
		})
	}
}

func TestTheFileThatGitWouldWrite(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files []string
		env   func(home) []string
		want  string
	}{
		"none":        {nil, nil, ".gitconfig"},
		"usual":       {[]string{".gitconfig"}, nil, ".gitconfig"},
		"xdg":         {[]string{".config/git/config"}, nil, ".config/git/config"},
		"both":        {[]string{".config/git/config", ".gitconfig"}, nil, ".gitconfig"},
		"xdg moved":   {[]string{"x/git/config"}, func(h home) []string { return []string{"XDG_CONFIG_HOME=" + h.file("x")} }, "x/git/config"},
		"xdg ignored": {nil, func(h home) []string { return []string{"XDG_CONFIG_HOME=" + h.file("x")} }, ".gitconfig"},
		"named":       {[]string{".gitconfig"}, func(h home) []string { return []string{"GIT_CONFIG_GLOBAL=" + h.file("other")} }, "other"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHome(t)
			for _, file := range c.files {
				h.write(file, "[user]\n\tname = You\n")
			}
			if c.env != nil {
				h.git.Env = append(h.git.Env, c.env(h)...)
			}
			h.setUp()
			// Git itself is asked where it would write.
			cmd := exec.Command(h.git.Path, "config", "--global", "user.email", "you@example.com")
			cmd.Dir, cmd.Env = h.path, h.git.Env
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			if text := h.read(c.want); !strings.Contains(text, "bitbucket helper") || !strings.Contains(text, "you@example.com") {
				t.Errorf("%s: %q", c.want, text)
			}
			cmd = exec.Command(h.git.Path, "config", "--global", "--unset", "user.email")
			cmd.Dir, cmd.Env = h.path, h.git.Env
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			h.undo()
			for _, file := range c.files {
				if got := h.read(file); strings.Contains(got, "bbgit") || !strings.HasPrefix(got, "[user]\n\tname = You\n") {
					t.Errorf("%s: %q", file, got)
				}
			}
		})
	}
}

func TestAFileThatWasMadeIsRemoved(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	h.setUp()
	h.setUp()
	h.undo()
	h.nothingElse()
	h.setUp()
	h.write(".gitconfig", h.read(".gitconfig")+"[user]\n\tname = You\n")
	h.undo()
	if got := h.read(".gitconfig"); got != "[user]\n\tname = You\n" {
		t.Errorf("left %q", got)
	}
}

// A link, as people have who keep such files in a repository, stays one.
func TestLinks(t *testing.T) {
	t.Parallel()
	for _, exists := range []bool{true, false} {
		h := newHome(t)
		h.write("dotfiles/README", "")
		if err := os.Symlink(filepath.Join("dotfiles", "gitconfig"), h.file(".gitconfig")); err != nil {
			t.Skip(err)
		}
		files := []string{".gitconfig", "dotfiles/README"}
		if exists {
			h.write("dotfiles/gitconfig", "[user]\n\tname = You\n")
			files = append(files, "dotfiles/gitconfig")
		}
		h.setUp()
		if !strings.Contains(h.read("dotfiles/gitconfig"), "bitbucket helper") {
			t.Error("written elsewhere")
		}
		h.undo()
		if to, err := os.Readlink(h.file(".gitconfig")); err != nil || to != filepath.Join("dotfiles", "gitconfig") {
			t.Errorf("the link is %q, %v", to, err)
		}
		h.nothingElse(files...)
	}
}

// A path that an upgrade has left, and helpers that have come behind ours.
func TestSetUpAnew(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	const user = "[user]\n\tname = You\n"
	h.write(".gitconfig", user+strings.Join(append([]string{comment}, Lines(envconfig.HelperCommand("/old/1.2/bbgit"))...), "\n")+"\n[credential]\n\thelper = store\n")
	if h.plan().Done {
		t.Error("a helper behind ours, and a path that is gone")
	}
	h.setUp()
	if got := h.read(".gitconfig"); strings.Contains(got, "/old/") || !strings.HasSuffix(got, added("", envconfig.HelperCommand(bbgit.Path), true)) {
		t.Errorf("got %q", got)
	}
	h.undo()
	if got := h.read(".gitconfig"); got != user+"[credential]\n\thelper = store\n" {
		t.Errorf("left %q", got)
	}
}

// What git cannot read, or would read in another way, is left as it is.
func TestAFileThatIsNotGits(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"broken":      "[user\n",
		"open quotes": "[user]\n\tname = \"You",
	} {
		h := newHome(t)
		h.write(".gitconfig", text)
		plan := Plan{Program: bbgit, File: h.file(".gitconfig"), git: h.git}
		if err := plan.Write(t.Context()); err == nil {
			t.Errorf("%s: written", name)
		}
		if got := h.read(".gitconfig"); got != text {
			t.Errorf("%s: %q", name, got)
		}
		h.nothingElse(".gitconfig")
	}
}

func TestNotWritable(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	h.write("store/gitconfig", "[user]\n\tname = You\n")
	if err := os.Chmod(h.file("store", "gitconfig"), 0o444); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(h.file("store", "gitconfig"), h.file(".gitconfig")); err != nil {
		t.Skip(err)
	}
	var refused *textfile.NotWritable
	if err := h.plan().Write(t.Context()); !errors.As(err, &refused) || refused.File != h.file(".gitconfig") {
		t.Errorf("got %v", err)
	}
	h.nothingElse(".gitconfig", "store/gitconfig")
}

func TestLocked(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	h.write(".gitconfig", "")
	h.write(".gitconfig.lock", "")
	if err := h.plan().Write(t.Context()); err == nil || !strings.Contains(err.Error(), ".gitconfig.lock is there") {
		t.Errorf("got %v", err)
	}
	h.nothingElse(".gitconfig", ".gitconfig.lock")
}

// A process that is killed leaves the old text or the new one, and at worst git's
// lock, of which git tells. So the next try says what to do, and works then.
func TestKilled(t *testing.T) {
	t.Parallel()
	const text = "[user]\n\tname = You\n[credential]\n\thelper = store\n"
	for step, locked := range map[string]bool{"lock": false, "half": true, "rename": true} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			h := newHome(t)
			h.write(".gitconfig", text)
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(self)
			cmd.Dir, cmd.Env = h.path, append(h.git.Env, stepVariable+"="+step, "BBGIT_SETUP_TEST_GIT="+h.git.Path)
			if out, err := cmd.CombinedOutput(); err == nil || cmd.ProcessState.ExitCode() > 0 && runtime.GOOS != "windows" {
				t.Fatalf("it was not killed: %v, %s", err, out)
			}
			if got := h.read(".gitconfig"); got != text {
				t.Errorf("left %q", got)
			}
			if locked {
				if err := h.plan().Write(t.Context()); err == nil || !strings.Contains(err.Error(), "remove that file") {
					t.Errorf("got %v", err)
				}
				if err := os.Remove(h.file(".gitconfig.lock")); err != nil {
					t.Error(err)
				}
			}
			h.setUp()
			h.undo()
			if got := h.read(".gitconfig"); got != text {
				t.Errorf("left %q", got)
			}
		})
	}
}
