package realgit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"bbgit/auth/credential"
	"bbgit/auth/envconfig"
)

const onWindows = runtime.GOOS == "windows"

// helperTime bounds a question to the person's own helpers. One of them may
// open a window or a browser, in which a person signs in; git itself would
// wait without end.
const helperTime = 10 * time.Minute

// noneMark is what the last helper in line answers when no other had an
// answer. Without it "git credential fill" ends with a message of its own in
// the person's language, which must not be seen, on the same stderr on which
// the helpers may have something to say, which must.
const noneMark = "bbgit-found-none"

var lastInLine = envconfig.Set("credential.helper", "!printf 'username=%s\\npassword=%s\\n' "+noneMark+" "+noneMark+";:")

// ErrQuit says that a helper wants nobody to be asked any more (quit=1,
// git-credential(1)). Git has said so, and ends: with the status that it has for
// whatever it cannot go on after (usage.c, die). Little else can be the matter, as
// the git that asks us has come past its configuration.
var ErrQuit = errors.New("a credential helper told git to quit")

const died = 128

// Fill asks the helpers that the person has configured, as git would have done
// without us. found is false where none of them answers.
func (g *Git) Fill(ctx context.Context, request credential.Message) (answer credential.Message, found bool, err error) {
	return g.fill(ctx, request, lastInLine)
}

func (g *Git) fill(ctx context.Context, request credential.Message, settings ...envconfig.Setting) (credential.Message, bool, error) {
	input, err := request.Bytes()
	if err != nil {
		return nil, false, err
	}
	output, err := g.run(ctx, helperTime, input, slices.Concat(g.persons(ctx).settings, settings), "credential", "fill")
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended) && ended.ExitCode() == died:
		return nil, false, ErrQuit
	case err != nil:
		return nil, false, fmt.Errorf("asking the configured credential helpers: %w", err)
	}
	answer, err := credential.Parse(output)
	if err != nil {
		return nil, false, fmt.Errorf("asking the configured credential helpers: %w", err)
	}
	if answer.Get("password") == noneMark {
		return nil, false, nil
	}
	return answer, answer.Get("password") != "" || answer.Get("credential") != "", nil
}

// Approve passes on that a credential was good.
func (g *Git) Approve(ctx context.Context, m credential.Message) error {
	return g.tell(ctx, "approve", m)
}

// Reject passes on that a credential was refused.
func (g *Git) Reject(ctx context.Context, m credential.Message) error {
	return g.tell(ctx, "reject", m)
}

func (g *Git) tell(ctx context.Context, what string, m credential.Message, settings ...envconfig.Setting) error {
	input, err := m.Bytes()
	if err != nil {
		return err
	}
	if _, err := g.run(ctx, helperTime, input, slices.Concat(g.persons(ctx).settings, settings), "credential", what); err != nil {
		return fmt.Errorf("telling the configured credential helpers: %w", err)
	}
	return nil
}

// KeepingHelper is one of the person's helpers, by its value in the
// configuration.
type KeepingHelper string

// Owner finds which of the configured helpers gives this credential. It asks
// one after another, each of them alone.
func (g *Git) Owner(ctx context.Context, request credential.Message, password string) (owner KeepingHelper, found bool) {
	for _, helper := range g.Helpers(ctx) {
		if g.Holds(ctx, helper, request, password) {
			return helper, true
		}
	}
	return "", false
}

// Holds tells that a helper gives this password.
func (g *Git) Holds(ctx context.Context, helper KeepingHelper, request credential.Message, password string) bool {
	answer, found, err := g.fill(ctx, request, alone(helper, lastInLine)...)
	return err == nil && found && answer.Get("password") == password
}

// ApproveAt has one helper keep a credential, and no other. Git does not
// tell whether it did.
func (g *Git) ApproveAt(ctx context.Context, helper KeepingHelper, m credential.Message) error {
	return g.tell(ctx, "approve", m, alone(helper)...)
}

// RejectAt has one helper forget a credential, and leaves the others alone. The
// helper is asked before: git-credential-store of git 2.39 forgets whatever it
// has for that user name, and a better password may have come meanwhile.
func (g *Git) RejectAt(ctx context.Context, helper KeepingHelper, m credential.Message) (done bool, err error) {
	if !g.Holds(ctx, helper, m.Without("password"), m.Get("password")) {
		return false, nil
	}
	return true, g.tell(ctx, "reject", m, alone(helper)...)
}

// ForgetAt has one helper forget a credential that it is known to hold.
func (g *Git) ForgetAt(ctx context.Context, helper KeepingHelper, m credential.Message) error {
	return g.tell(ctx, "reject", m, alone(helper)...)
}

// alone makes git ask this helper and no other: an empty value drops all that
// configuration files named before.
func alone(helper KeepingHelper, more ...envconfig.Setting) []envconfig.Setting {
	return append([]envconfig.Setting{envconfig.Set("credential.helper", ""), envconfig.Set("credential.helper", string(helper))}, more...)
}

// FillFrom asks one of the helpers alone.
func (g *Git) FillFrom(ctx context.Context, helper KeepingHelper, request credential.Message) (answer credential.Message, found bool, err error) {
	return g.fill(ctx, request, alone(helper, lastInLine)...)
}

// Helpers lists the helpers that the person has configured, and that git would
// ask about Bitbucket without us.
func (g *Git) Helpers(ctx context.Context) []KeepingHelper { return g.persons(ctx).helpers }

// NamesHelper tells that a key names a helper that git would ask about
// Bitbucket. A helper too many is harmless: it is asked, and has nothing.
func NamesHelper(key string) bool { return ConcernsBitbucket(key, "credential", "helper") }

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

// localTime bounds calls of git that read and write files only, which may lie
// on a slow network.
const localTime = 30 * time.Second

// fileOrigin begins the origin of what stands in a file.
const fileOrigin = "file:"

// IsFalse reads a boolean value (git-config(1), VALUES). That of a key without "="
// is true.
func IsFalse(value string) bool {
	switch strings.ToLower(value) {
	case "false", "no", "off", "0":
		return true
	}
	return false
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
