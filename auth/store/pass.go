package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// passStore is pass, the standard unix password manager (https://www.passwordstore.org): a folder of files that gpg has
// encrypted. gpg's agent asks for the passphrase of the key, in a window or at the terminal.
type passStore struct{}

// passFolder is where our entries are in it, one for each name.
const passFolder = "bbgit/bitbucket.org"

// passEntry is the entry of a name. Escaped, no name leaves the folder or hides a file of pass's.
func passEntry(name string) string {
	return passFolder + "/" + strings.ReplaceAll(url.PathEscape(name), ".", "%2E")
}

// passDir is the folder of pass itself (pass(1), PASSWORD_STORE_DIR).
func passDir() string {
	if dir := os.Getenv("PASSWORD_STORE_DIR"); dir != "" {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".password-store")
}

// passReady tells that there is a pass, and that a person has told it which key to use ("pass init"): for all entries,
// or for a folder that ours are in.
func passReady() bool {
	_, err := exec.LookPath("pass")
	return err == nil && passHasKey()
}

func passHasKey() bool {
	if os.Getenv("PASSWORD_STORE_KEY") != "" {
		return true
	}
	for folder := passFolder; ; folder = path.Dir(folder) {
		if exists(filepath.Join(passDir(), filepath.FromSlash(folder), ".gpg-id")) {
			return true
		}
		if folder == "." {
			return false
		}
	}
}

func (passStore) Get(ctx context.Context, name string) (string, error) {
	// Asked for what is not there, pass fails with the status of every other failure, in words of its own.
	if !exists(passFile(name)) {
		return "", ErrNotFound
	}
	out, err := runPass(ctx, "", "show", passEntry(name))
	return strings.TrimRight(out, "\n"), err
}

// Ready tells that pass is there, and has been told which key to use.
func (passStore) Ready(context.Context) error {
	if _, err := exec.LookPath("pass"); err != nil {
		return fmt.Errorf("%w: pass is not installed", ErrUnusable)
	}
	if !passHasKey() {
		return fmt.Errorf("%w: it is not set up; \"pass init YOUR-GPG-KEY\" does that", ErrUnusable)
	}
	return nil
}

func (p passStore) Set(ctx context.Context, name, text string) error {
	if err := p.Ready(ctx); err != nil {
		return err
	}
	_, err := runPass(ctx, text+"\n", "insert", "--multiline", "--force", passEntry(name))
	return err
}

func (passStore) Delete(ctx context.Context, name string) error {
	if !exists(passFile(name)) {
		return ErrNotFound
	}
	_, err := runPass(ctx, "", "rm", "--force", passEntry(name))
	return err
}

func (passStore) DeleteAll(ctx context.Context, _ []string) error {
	if !exists(filepath.Join(passDir(), filepath.FromSlash(passFolder))) {
		return nil
	}
	_, err := runPass(ctx, "", "rm", "--recursive", "--force", passFolder)
	return err
}

func passFile(name string) string {
	return filepath.Join(passDir(), filepath.FromSlash(passEntry(name))+".gpg")
}

// passGrace is how long a pass that was told to end may take.
const passGrace = 2 * time.Second

// runPass runs pass. The text goes through a pipe, never through arguments or files.
func runPass(ctx context.Context, input string, args ...string) (string, error) {
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, "pass", args...)
	cmd.Env = passEnv(os.Environ())
	cmd.Stdin = strings.NewReader(input)
	cmd.Stdout, cmd.Stderr = &out, &said
	cmd.WaitDelay = passGrace
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("%w: pass is not installed", ErrUnusable)
	case err != nil:
		return "", fmt.Errorf("%w: %s", ErrUnusable, lastLine(said.String(), err))
	}
	return out.String(), nil
}

// passEnv tells gpg's agent, which has no terminal, where it may ask for the passphrase (gpg-agent(1), GPG_TTY).
func passEnv(env []string) []string {
	out := withoutGit(env)
	if tty := terminalName(); tty != "" && os.Getenv("GPG_TTY") == "" {
		out = append(out, "GPG_TTY="+tty)
	}
	return out
}

// withoutGit leaves out what belongs to the git command that bbgit serves: some people keep their passwords in a git
// repository, and the git behind pass must neither work in the person's nor write into the trace of the command.
func withoutGit(env []string) []string {
	out := make([]string, 0, len(env))
	for _, v := range env {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "BBGIT_") {
			out = append(out, v)
		}
	}
	return out
}

// lastLine is what a program said last, or else how it ended.
func lastLine(said string, err error) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return last
	}
	return err.Error()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
