package envconfig

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestAddAndStrip(t *testing.T) {
	t.Parallel()
	const helper = "!'/a b/bbgit' bitbucket helper"
	user := []string{"PATH=/bin", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=user.name", "GIT_CONFIG_VALUE_0=You = you"}
	with := Add(user, HelperSettings(helper)...)
	if !slices.Contains(with, "GIT_CONFIG_COUNT=4") || !slices.Contains(with, "GIT_CONFIG_VALUE_0=You = you") || !slices.Contains(with, "GIT_CONFIG_VALUE_2="+helper) {
		t.Errorf("added: %q", with)
	}
	// A hook adds one of its own behind ours.
	hook := Add(with, Set("core.pager", "cat"))
	want := Add(user, Set("core.pager", "cat"))
	if got := Strip(hook, helper); !slices.Equal(got, want) {
		t.Errorf("stripped: %q\nwant: %q", got, want)
	}
	if got := Strip(with, helper); !slices.Equal(got, user) {
		t.Errorf("stripped: %q", got)
	}
	if got := Strip(Add([]string{"A=b"}, HelperSettings(helper)...), helper); !slices.Equal(got, []string{"A=b"}) {
		t.Errorf("stripped: %q", got)
	}
	bogus := []string{"GIT_CONFIG_COUNT=many"}
	if got := Add(bogus, HelperSettings(helper)...); got[0] != bogus[0] {
		t.Errorf("git must see the bogus count: %q", got)
	}
}

// TestHelperCommand: sh, to which git gives it, finds the program again.
func TestHelperCommand(t *testing.T) {
	t.Parallel()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	for _, name := range []string{"bbgit", "a b", "it's", "''", `"$HOME"`, "`a`", "ä\nb"} {
		program := filepath.Join("/opt", name)
		command := "printf '%s|' " + strings.TrimPrefix(HelperCommand(program), "!")
		out, err := exec.Command(sh, "-c", command).Output()
		if want := program + "|bitbucket|helper|"; err != nil || string(out) != want {
			t.Errorf("%s: %q, %v; want %q", command, out, err, want)
		}
	}
}

// TestLend: it lends what Add would, and leaves the rest to who knows more.
func TestLend(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	const program = "/opt/it's here/bbgit"
	env, ok := Lend([]string{"A=b"}, program)
	last := len(env) - 1
	if want := Add([]string{"A=b"}, HelperSettings(HelperCommand(program))...); !ok || !slices.Equal(env[:last], want) {
		t.Errorf("lent %q, want %q", env, want)
	}
	if run, ok := strings.CutPrefix(env[last], LentVariable+"="); !ok || run == "" {
		t.Errorf("it ends with %q", env[last])
	}
	for _, persons := range []string{"GIT_CONFIG_COUNT=0", "GIT_CONFIG_KEY_0=a.b", "GIT_CONFIG_VALUE_7="} {
		if env, ok := Lend([]string{persons}, program); ok {
			t.Errorf("with %s: %q", persons, env)
		}
	}
	if err := os.WriteFile(filepath.Join(home, ".netrc"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if env, ok := Lend(nil, program); ok {
		t.Errorf("with a .netrc: %q", env)
	}
}

// TestNewRun: what the helpers of one git remember is not taken for another's.
func TestNewRun(t *testing.T) {
	t.Parallel()
	if a, b := NewRun(), NewRun(); a == b || strings.ContainsAny(a, " \n") {
		t.Errorf("two runs are called %q and %q", a, b)
	}
}
