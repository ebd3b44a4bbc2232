package realgit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Entry is one value of git's configuration.
type Entry struct {
	Scope  string // "system", "global", "local", "worktree", "command"
	Origin string // "file:/home/you/.gitconfig", "command line:"
	Key    string // section and name in lower case, as git prints them
	Value  string
}

// File is the path of the file that an entry stands in, "" where it stands in
// none.
func (e Entry) File() string {
	file, ok := strings.CutPrefix(e.Origin, fileOrigin)
	if !ok {
		return ""
	}
	return file
}

// fileOrigin begins the origin of what stands in a file.
const fileOrigin = "file:"

// IsFalse reads a boolean value (git-config(1), VALUES). That of a key without "="
// is true.
func IsFalse(value string) bool {
	switch strings.ToLower(value) {
	case "false", "no", "off":
		return true
	}
	number, err := strconv.ParseInt(value, 0, 64)
	return err == nil && number == 0
}

// Settings reads git's whole configuration, in git's order.
func (g *Git) Settings(ctx context.Context) ([]Entry, error) {
	output, err := g.run(ctx, localTime, nil, nil, "config", "--list", "-z", "--show-scope", "--show-origin")
	if err != nil {
		return nil, fmt.Errorf("reading git's configuration: %w", err)
	}
	entries := readEntries(output)
	g.makeAbsolute(ctx, entries)
	return entries, nil
}

// Value reads one value of the protected configuration (git-config(1), SCOPES), the last one; "" where there is none.
// What a repository says in its own file does not count: it may come from anybody, in an archive or a shared folder.
func (g *Git) Value(ctx context.Context, key string) (value string, err error) {
	output, err := g.value(ctx, "config", "-z", "--show-scope", "--get-all", key)
	fields := strings.Split(output, "\x00")
	for ; len(fields) >= 2; fields = fields[2:] {
		if scope := fields[0]; scope != "local" && scope != "worktree" {
			value = fields[1]
		}
	}
	return value, err
}

// ValueIn is the last value in one file.
func (g *Git) ValueIn(ctx context.Context, file, key string) (string, error) {
	output, err := g.value(ctx, "config", "--file", file, "--get", key)
	return strings.TrimSuffix(output, "\n"), err
}

func (g *Git) value(ctx context.Context, args ...string) (output string, err error) {
	text, err := g.run(ctx, localTime, nil, nil, args...)
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended) && ended.ExitCode() == 1: // git-config(1): there is no such key
		return "", nil
	case err != nil:
		return "", fmt.Errorf("reading git's configuration: %w", err)
	}
	return string(text), nil
}

// SetGlobal gives a key of the person's own configuration one value.
func (g *Git) SetGlobal(ctx context.Context, key, value string) error {
	return g.set(ctx, "--global", key, value)
}

// SetIn is SetGlobal in one file.
func (g *Git) SetIn(ctx context.Context, file, key, value string) error {
	return g.set(ctx, "--file", file, key, value)
}

func (g *Git) set(ctx context.Context, args ...string) error {
	if _, err := g.run(ctx, localTime, nil, nil, append([]string{"config"}, args...)...); err != nil {
		return fmt.Errorf("changing git's configuration: %w", err)
	}
	return nil
}

// SettingsOf reads one file of configuration.
func (g *Git) SettingsOf(ctx context.Context, file string) ([]Entry, error) {
	output, err := g.run(ctx, localTime, nil, nil, "config", "--file", file, "--list", "-z", "--show-scope", "--show-origin")
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return readEntries(output), nil
}

func readEntries(output []byte) (entries []Entry) {
	fields := bytes.Split(bytes.TrimSuffix(output, []byte{0}), []byte{0})
	for ; len(fields) >= 3; fields = fields[3:] {
		// A key without "=" has no value: then it is true, and no text.
		key, value, _ := strings.Cut(string(fields[2]), "\n")
		entries = append(entries, Entry{Scope: string(fields[0]), Origin: string(fields[1]), Key: key, Value: value})
	}
	return entries
}

// makeAbsolute completes paths such as ".git/config": git gives them as seen
// from the top of the working tree, or from the repository where it has none,
// and we may stand in a folder below.
func (g *Git) makeAbsolute(ctx context.Context, entries []Entry) {
	var tops []string
	for i, e := range entries {
		file := e.File()
		if file == "" || filepath.IsAbs(file) {
			continue
		}
		if tops == nil {
			tops = g.tops(ctx)
		}
		for _, top := range tops {
			if _, err := os.Stat(filepath.Join(top, file)); err == nil {
				entries[i].Origin = fileOrigin + filepath.Join(top, file)
				break
			}
		}
	}
}

// tops are the folders from which git may have given a path.
func (g *Git) tops(ctx context.Context) []string {
	quiet := *g
	quiet.Stderr = nil
	var tops []string
	for _, question := range []string{"--show-toplevel", "--absolute-git-dir"} {
		output, err := quiet.run(ctx, localTime, nil, nil, "rev-parse", question)
		if top := strings.TrimRight(string(output), "\r\n"); err == nil && top != "" {
			tops = append(tops, filepath.FromSlash(top))
		}
	}
	return tops
}
