package doctor

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bbgit/auth/realgit"
)

// gitFor is the real git for tests, with nothing of the tester's.
func gitFor(t *testing.T, folder string) *realgit.Git {
	t.Helper()
	path, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	return &realgit.Git{Path: path, Dir: folder, Env: []string{"HOME=" + folder, "PATH=" + os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM=1"}}
}

func runGit(t *testing.T, folder string, args ...string) {
	t.Helper()
	g := gitFor(t, folder)
	cmd := exec.Command(g.Path, append([]string{"-c", "user.name=You", "-c", "user.email=you@example.com"}, args...)...)
	cmd.Dir, cmd.Env = folder, g.Env
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// tree is a folder with clones of all sorts.
func tree(t *testing.T) (root, outside string) {
	t.Helper()
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	root, outside = filepath.Join(base, "src"), filepath.Join(base, "outside")
	for _, dir := range []string{root, outside} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	const url = "https://you@bitbucket.org/you/thesis.git"
	runGit(t, outside, "init", "-q")
	runGit(t, outside, "remote", "add", "origin", url)
	runGit(t, root, "init", "-q", "a/deep/one")
	one := filepath.Join(root, "a", "deep", "one")
	runGit(t, one, "remote", "add", "origin", url)
	runGit(t, one, "commit", "-q", "--allow-empty", "-m", "one")
	runGit(t, one, "worktree", "add", "-q", filepath.Join(root, "tree"))
	runGit(t, root, "init", "-q", "--bare", "bare.git")
	runGit(t, root, "init", "-q", "a/deep/one/nested")
	write(t, filepath.Join(one, ".gitmodules"), "[submodule \"lib\"]\n\tpath = lib\n\turl = "+url+"\n")
	runGit(t, root, "init", "-q", "--bare", "a/deep/one/.git/modules/group/lib")
	runGit(t, one, "--git-dir=.git/modules/group/lib", "remote", "add", "origin", url)
	runGit(t, root, "init", "-q", "--separate-git-dir="+filepath.Join(outside, "apart.git"), "apart")
	return root, outside
}

func TestSweep(t *testing.T) {
	t.Parallel()
	root, outside := tree(t)
	if err := os.Symlink(outside, filepath.Join(root, "link")); err != nil {
		t.Log(err) // Windows allows it to some only
	}
	all, swept, err := sweep(t.Context(), root, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	var tops []string
	for _, f := range all {
		top, _ := filepath.Rel(root, f.top)
		tops = append(tops, filepath.ToSlash(top))
	}
	if want := []string{"a/deep/one", "a/deep/one/nested", "bare.git"}; !slices.Equal(tops, want) {
		t.Errorf("found %q, want %q", tops, want)
	}
	if len(swept.Skipped) != 1 || filepath.Base(swept.Skipped[0].Path) != "apart" || !strings.Contains(swept.Skipped[0].Why, "outside") {
		t.Errorf("skipped %v", swept.Skipped)
	}
	clones := readAll(t.Context(), gitFor(t, root), all, func(int) {})
	var files []string
	for _, f := range clones[0].Files {
		name, _ := filepath.Rel(clones[0].Path, f.Path)
		files = append(files, filepath.ToSlash(name)+f.Of)
	}
	if want := []string{".git/config", ".git/modules/group/lib/config of submodule 'group/lib'", ".gitmodules"}; !slices.Equal(files, want) {
		t.Errorf("read %q, want %q", files, want)
	}
	f := Facts{Clones: clones}
	if !f.usesBitbucket(clones[0]) || f.usesBitbucket(clones[1]) {
		t.Error("which of them use Bitbucket is not known")
	}
	if where := f.somewhere("you"); where != thesis {
		t.Errorf("asks at %v", where)
	}
}

// What cannot be read is named, and the rest is looked at.
func TestSweepOfWhatIsGone(t *testing.T) {
	t.Parallel()
	s := &sweeper{root: t.TempDir()}
	if below := s.look(filepath.Join(s.root, "gone")); below != nil || len(s.sweep.Skipped) != 1 || s.sweep.Skipped[0].Why != unreadable {
		t.Errorf("%v, %v", below, s.sweep.Skipped)
	}
	if _, _, err := sweep(t.Context(), filepath.Join(s.root, "gone"), nil); err == nil {
		t.Error("a folder that is not there was swept")
	}
}

// A clone's configuration may include a file of its own.
func TestIncluded(t *testing.T) {
	t.Parallel()
	root, _ := tree(t)
	one := filepath.Join(root, "a", "deep", "one")
	write(t, filepath.Join(root, "work.inc"), "[remote \"work\"]\n\turl = https://you:"+password+"@bitbucket.org/you/thesis.git\n")
	runGit(t, one, "config", "include.path", filepath.Join(root, "work.inc"))
	g := gitFor(t, filepath.Join(one, "nested"))
	if _, _, ok := here(t.Context(), g); !ok {
		t.Error("the nested clone is none")
	}
	_, clone, ok := here(t.Context(), gitFor(t, one))
	if !ok || clone.Path != one {
		t.Fatalf("%v %q", ok, clone.Path)
	}
	found := 0
	for _, s := range (Facts{Clones: []Clone{clone}}).sites() {
		if s.secret() == password && filepath.Base(s.file) == "work.inc" {
			found++
		}
	}
	if found != 1 {
		t.Errorf("found %d times", found)
	}
}

func BenchmarkSweep(b *testing.B) {
	root := b.TempDir()
	for i := range 2000 {
		if err := os.MkdirAll(filepath.Join(root, number(i%40), number(i), "deep"), 0o755); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, _, err := sweep(b.Context(), root, func(int, int) {}); err != nil {
			b.Fatal(err)
		}
	}
}
