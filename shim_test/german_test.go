//go:build unix

package shim_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bbgit/shim_test/need"

	"github.com/rogpeppe/go-internal/testscript"
)

// german is a locale in which git has other words for everything.
const german = "de_DE.UTF-8"

// TestCausesInGerman plays the stories about what Bitbucket refuses once more where git's messages are translated: what
// bbgit makes of a refusal may not hang on them. One is over SSH: ssh itself has no translations.
func TestCausesInGerman(t *testing.T) {
	var files []string
	for _, pattern := range []string{"testdata/cause-*.txtar", "testdata/ssh-key.txtar"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatal("no stories", err)
		}
		files = append(files, found...)
	}
	variables := speakGerman(t)
	testscript.RunT(&masked{T: t}, testscript.Params{
		Files:              files,
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			err := raiseCurtain(env)
			env.Vars = append(env.Vars, variables...)
			return err
		},
		Cmds:                commands,
		Condition:           condition,
		RequireExplicitExec: true,
		Deadline:            deadline(t),
	})
}

// speakGerman makes the locale, which a system without German users lacks, and returns the variables that choose it.
func speakGerman(t *testing.T) []string {
	folder := t.TempDir()
	if out, err := exec.Command("localedef", "-c", "-i", "de_DE", "-f", "UTF-8", filepath.Join(folder, german)).CombinedOutput(); err != nil {
		need.Missing(t, fmt.Sprintf("the sources of the locale %s: %v\n%s", german, err, out))
	}
	variables := []string{"LOCPATH=" + folder, "LANG=" + german}
	cmd := exec.Command("git", "rev-parse", "--git-dir")
	cmd.Dir = t.TempDir()
	cmd.Env = append(without(os.Environ(), "LC_", "LANG", "GIT_"), variables...)
	if out, _ := cmd.CombinedOutput(); !strings.Contains(string(out), "kein Git-Repository") && !strings.Contains(string(out), "Kein Git-Repository") {
		need.Missing(t, fmt.Sprintf("git's German messages: %s", out))
	}
	return variables
}

func without(environ []string, beginnings ...string) []string {
	var kept []string
next:
	for _, variable := range environ {
		for _, beginning := range beginnings {
			if strings.HasPrefix(variable, beginning) {
				continue next
			}
		}
		kept = append(kept, variable)
	}
	return kept
}
