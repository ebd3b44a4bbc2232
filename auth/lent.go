package auth

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bbgit/auth/envconfig"
	"bbgit/auth/vault"
)

// Lend is the environment for a git that takes our place and may still need a
// credential. Its helpers find no bbgit waiting, and answer by themselves. Where
// there is nothing out of the ordinary, envconfig.Lend has done it.
func (c Companion) Lend(env []string) []string {
	settings := c.settings()
	env = envconfig.Add(env, settings...)
	if c.Tools.Trace.On() {
		c.Tools.Trace.Notef("git gets by its environment: %s", toldKeys(settings))
	}
	if os.Getenv(envconfig.LentVariable) == "" { // the run of a bbgit that calls this one is the same to the person
		env = append(env, envconfig.LentVariable+"="+envconfig.NewRun())
	}
	return env
}

// A lentRun is what the helpers of one git tell each other where no bbgit waits.
// Nobody is there to remember it for them, and one git may start many: git-lfs
// asks anew for each file, and goes on asking while answers are refused. It is the
// name of the run, "" for none, and what is remembered stands in a file, of the
// latest run only: whoever is asked once too often by two runs at once has lost
// little.
type lentRun string

// What a helper notes for the next one.
const (
	notedDeclined = "declined" // the person gave no token
	notedErased   = "erased"   // a credential was refused
	notedTold     = "told"     // what there is to do without a person was said
	notedSkipped  = "skipped:" // the person did not want to wait for the store of this name
)

// thisLentRun is named by the bbgit that git has taken the place of. Where there
// was none, git asks bbgit by its own configuration, and that git is its name.
func thisLentRun() lentRun {
	if name := os.Getenv(envconfig.LentVariable); name != "" {
		return lentRun(name)
	}
	return lentRun(outermostGit())
}

func (run lentRun) has(what string) bool { return slices.Contains(run.notes(), what) }

func (run lentRun) note(what string) {
	if notes := run.notes(); !slices.Contains(notes, what) {
		run.write(append(notes, what))
	}
}

func (run lentRun) forget(what string) {
	if notes := run.notes(); slices.Contains(notes, what) {
		run.write(slices.DeleteFunc(notes, func(n string) bool { return n == what }))
	}
}

func (run lentRun) notes() []string {
	file, err := lentFile()
	if err != nil || run == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	fields := strings.Fields(string(text))
	if len(fields) == 0 || fields[0] != string(run) {
		return nil
	}
	return fields[1:]
}

// write fails silently: then there is one question more.
func (run lentRun) write(notes []string) {
	file, err := lentFile()
	if err != nil || run == "" || os.MkdirAll(filepath.Dir(file), 0o700) != nil {
		return
	}
	_ = os.WriteFile(file, []byte(string(run)+" "+strings.Join(notes, " ")+"\n"), 0o600)
}

func lentFile() (string, error) {
	dir, err := vault.Dir()
	return filepath.Join(dir, "lent"), err
}
