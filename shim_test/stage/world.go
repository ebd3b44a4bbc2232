// Package stage sets up a person with a home, a terminal and a keyring, lets commands run there, and watches them.
//
// Nothing of the tester's own set-up reaches that person: not the configuration of git, not the keyring, not the
// terminal, not a variable of the environment. The pieces:
//
//	Build     compiles bbgit, once for many worlds
//	World     home, folders, environment and git configuration of one person
//	Terminal  one command on a pseudo-terminal, with somebody who reads the screen and types
//	Secrets   the passwords and tokens of a story by name, so that no log shows them
//	Watcher   looks for those secrets in arguments, environments, files and screens
//	StartKeyring  a private gnome-keyring, where the platform has one
//
// Give World.Close the last word: it ends what was left running, and says what that was.
package stage

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// World is all that the programs of one person can see.
type World struct {
	Dir     string // holds everything below except the runtime folders
	Home    string // HOME, with a .gitconfig
	Bin     string // first in PATH; holds bbgit
	Tmp     string // TMPDIR
	Runtime string // XDG_RUNTIME_DIR
	Secrets *Secrets
	Show    io.Writer // gets what the terminals show, as it comes; io.Discard to begin with

	short string // parent of Tmp and Runtime
	env   map[string]string
}

// New makes a world in dir, where files may stand already, with binary installed as bbgit.
func New(dir, binary string) (*World, error) {
	short, err := os.MkdirTemp(shortTempDir(), "bb")
	if err != nil {
		return nil, err
	}
	w := &World{
		Dir:     dir,
		Home:    filepath.Join(dir, "home"),
		Bin:     filepath.Join(dir, "bin"),
		Tmp:     filepath.Join(short, "tmp"),
		Runtime: filepath.Join(short, "run"),
		Secrets: new(Secrets),
		Show:    io.Discard,
		short:   short,
	}
	w.env = w.freshEnvironment()
	return w, errors.Join(w.makeFolders(), install(binary, filepath.Join(w.Bin, executable("bbgit"))), w.configureGit(), w.Answered())
}

// Answered makes this a person whom bbgit has offered to set up git once. The others are asked after their first rescue.
func (w *World) Answered() error {
	if err := os.MkdirAll(filepath.Dir(w.offered()), 0o700); err != nil {
		return err
	}
	return os.WriteFile(w.offered(), nil, 0o600)
}

// Unanswered makes it one of the others.
func (w *World) Unanswered() error { return os.Remove(w.offered()) }

// offered is bbgit's note, in the folder that os.UserConfigDir names.
func (w *World) offered() string {
	folder := w.env["XDG_CONFIG_HOME"]
	switch runtime.GOOS {
	case "darwin":
		folder = filepath.Join(w.Home, "Library", "Application Support")
	case "windows":
		folder = w.env["APPDATA"]
	}
	return filepath.Join(folder, "bbgit", "setup-offered")
}

// shortTempDir is where unix sockets may live: their paths are cut off at 104 bytes on macOS and 108 on Linux, and
// the temporary folder of a test, or $TMPDIR on macOS, uses up most of that.
func shortTempDir() string {
	if runtime.GOOS == "windows" {
		return os.TempDir()
	}
	return "/tmp"
}

func (w *World) makeFolders() error {
	for _, dir := range []string{w.Home, w.Bin, w.Tmp, w.Runtime} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	return nil
}

// freshEnvironment starts from nothing: a list of variables to take out (GIT_*, SSH_*, DISPLAY, DBUS_…, proxies) would
// always lack the next one.
func (w *World) freshEnvironment() map[string]string {
	env := map[string]string{
		"PATH":                w.searchPath(),
		"HOME":                w.Home,
		"USER":                "you",
		"LOGNAME":             "you",
		"SHELL":               "/bin/sh",
		"LANG":                "C.UTF-8",
		"TMPDIR":              w.Tmp,
		"XDG_CONFIG_HOME":     filepath.Join(w.Home, ".config"),
		"XDG_DATA_HOME":       filepath.Join(w.Home, ".local", "share"),
		"XDG_STATE_HOME":      filepath.Join(w.Home, ".local", "state"),
		"XDG_CACHE_HOME":      filepath.Join(w.Home, ".cache"),
		"XDG_RUNTIME_DIR":     w.Runtime,
		"GIT_CONFIG_NOSYSTEM": "1",
		"PAGER":               "cat", // nobody is there to press q
		"EDITOR":              "true",
	}
	if runtime.GOOS == "windows" {
		for _, name := range []string{"SYSTEMROOT", "COMSPEC", "PATHEXT"} { // without these no program starts
			env[name] = os.Getenv(name)
		}
		env["USERPROFILE"], env["TEMP"], env["TMP"] = w.Home, w.Tmp, w.Tmp
		env["APPDATA"] = filepath.Join(w.Home, "AppData", "Roaming")
	}
	return env
}

// searchPath is the person's own programs, then the git that the tester has, then the system's.
func (w *World) searchPath() string {
	path := w.Bin
	if git, err := exec.LookPath("git"); err == nil {
		path += string(os.PathListSeparator) + filepath.Dir(git)
	}
	if runtime.GOOS == "windows" {
		return path + string(os.PathListSeparator) + os.Getenv("PATH")
	}
	return path + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
}

// configureGit writes ~/.gitconfig, the file that a person has: GIT_CONFIG_GLOBAL would hide it from `git config`.
func (w *World) configureGit() error {
	return w.Configure(
		"user.name", "You",
		"user.email", "you@example.com",
		"init.defaultBranch", "main",
		"gc.auto", "0", // maintenance in the background would count as left running
		"maintenance.auto", "false",
		"http.maxRetries", "1", // git 2.55 repeats a 429 without end
		"protocol.allow", "never", // no test reaches a host by other ways than the proxy of its cloud
		"protocol.https.allow", "always",
		"protocol.http.allow", "always",
		"protocol.file.allow", "always",
	)
}

// Reach makes git go through the proxy and trust the certificates of a cloud, and no others: to read the system's takes
// git a third of all the processor time of a story.
func (w *World) Reach(proxyURL, caFile string) error {
	none := filepath.Join(w.Dir, "no-certificates")
	if err := os.MkdirAll(none, 0o700); err != nil {
		return err
	}
	return w.Configure("http.proxy", proxyURL, "http.sslCAInfo", caFile, systemCertificates, none)
}

// systemCertificates is git's setting for a folder of certificates besides http.sslCAInfo.
const systemCertificates = "http.sslCAPath"

// ReadSystemCertificates makes git read those of the system, as it does for people.
func (w *World) ReadSystemCertificates() error {
	return w.Command("git", "config", "--global", "--unset", systemCertificates).Run()
}

// Configure sets pairs of key and value in ~/.gitconfig.
func (w *World) Configure(pairs ...string) error {
	for i := 0; i < len(pairs); i += 2 {
		git := w.Command("git", "config", "--global", pairs[i], pairs[i+1])
		if out, err := git.CombinedOutput(); err != nil {
			return fmt.Errorf("git config %s: %w: %s", pairs[i], err, out)
		}
	}
	return nil
}

// Setenv sets a variable for the commands that follow.
func (w *World) Setenv(name, value string) { w.env[name] = value }

// Import sets variables that have the form of os.Environ.
func (w *World) Import(variables []string) {
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		w.Setenv(name, value)
	}
}

// Environ is the person's environment, in the form of os.Environ.
func (w *World) Environ() []string {
	var environ []string
	for _, name := range slices.Sorted(maps.Keys(w.env)) {
		environ = append(environ, name+"="+w.env[name])
	}
	return environ
}

// Command prepares a command of the person's, started at home and without a terminal.
func (w *World) Command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(w.Look(name), args...)
	cmd.Dir = w.Home
	cmd.Env = w.Environ()
	cmd.SysProcAttr = ownSession()
	return cmd
}

// Look finds a program in the person's PATH; exec.Command alone would look in the tester's.
func (w *World) Look(name string) string {
	if filepath.Base(name) != name {
		return name
	}
	for _, dir := range filepath.SplitList(w.env["PATH"]) {
		path := filepath.Join(dir, executable(name))
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && runnable(info) {
			return path
		}
	}
	return name
}

func runnable(info os.FileInfo) bool { return runtime.GOOS == "windows" || info.Mode()&0o111 != 0 }

// Close ends what still runs and removes the runtime folders; the error names what a well-behaved program would not
// have left behind.
func (w *World) Close() error {
	err := errors.Join(w.leftProcesses(farewell), w.leftFiles())
	return errors.Join(err, os.RemoveAll(w.short))
}

// Abandon is Close without waiting and without complaints, for a world in which somebody did as they liked.
func (w *World) Abandon() error {
	_ = w.leftProcesses(0)
	return os.RemoveAll(w.short)
}
