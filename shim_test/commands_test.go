//go:build unix

package shim_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bbgit/shim_test/cloud"
	"bbgit/shim_test/need"
	"bbgit/shim_test/stage"

	"github.com/rogpeppe/go-internal/testscript"
)

var commands = map[string]func(*testscript.TestScript, bool, []string){
	"bitbucket": command((*story).bitbucket),
	"old-clone": command((*story).oldClone),
	"keyring":   command((*story).keyringCommand),
	"pass":      command((*story).passCommand),
	"libsecret": command((*story).libsecretCommand),
	"ssh":       command((*story).sshCommand),
	"needs":     command((*story).needs),
	"newcomer":  command((*story).newcomer),
	"secret":    command((*story).secretCommand),
	"fill":      command((*story).fill),
	"allow":     command((*story).allow),
	"run":       outcome((*story).run),
	"terminal":  outcome((*story).terminal),
	"screen":    screen,
	"raw":       raw,
	"plain":     command((*story).plain),
	"exit":      command((*story).exit),
	"signal":    command((*story).signal),
}

// command is one that has to succeed.
func command(do func(*story, *testscript.TestScript, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg {
			ts.Fatalf("! does not go with this command")
		}
		do(ts.Value(storyKey{}).(*story), ts, args)
	}
}

// outcome is one that runs a program, which has to succeed, or to fail behind a `!`.
func outcome(do func(*story, *testscript.TestScript, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		s := ts.Value(storyKey{}).(*story)
		if len(args) == 0 {
			ts.Fatalf("what shall be run?")
		}
		do(s, ts, args)
		if succeeded := s.last == (stage.Exit{}); succeeded == neg {
			ts.Fatalf("unexpected %v", s.last)
		}
	}
}

func (s *story) run(ts *testscript.TestScript, args []string) {
	args, input := s.splitInput(ts, args)
	cmd := s.prepare(ts, args)
	cmd.Stdin = strings.NewReader(s.world.Secrets.Reveal(input))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var err error
	s.last, err = stage.Run(cmd)
	s.watcher.Text("output", slices.Concat(stdout.Bytes(), stderr.Bytes()))
	s.show(ts, stdout.Bytes(), stderr.Bytes())
	ts.Check(err)
}

func (s *story) terminal(ts *testscript.TestScript, args []string) {
	args, dialogue := s.splitInput(ts, args)
	terminal, err := s.world.Terminal(s.prepare(ts, args))
	ts.Check(err)
	played := terminal.Play(dialogue)
	if played != nil {
		terminal.HangUp()
	}
	s.last, err = terminal.Wait()
	s.screen = s.world.Secrets.Mask(terminal.Screen())
	s.raw = string(terminal.Raw())
	s.watcher.Text("screen", terminal.Raw())
	ts.Check(played)
	s.show(ts, []byte(terminal.Screen()), nil)
	ts.Check(err)
}

// show makes the output that of the standard commands stdout, stderr and cmp, and part of the log; without secrets.
func (s *story) show(ts *testscript.TestScript, stdout, stderr []byte) {
	ts.Stdout().Write([]byte(s.world.Secrets.Mask(string(stdout))))
	ts.Stderr().Write([]byte(s.world.Secrets.Mask(string(stderr))))
}

// splitInput takes `<FILE` from the end of a command. FILE is one of the script's own, wherever the person is now.
func (s *story) splitInput(ts *testscript.TestScript, args []string) (command []string, input string) {
	last := len(args) - 1
	name, ok := strings.CutPrefix(args[last], "<")
	if !ok || strings.HasSuffix(name, ">") { // a placeholder
		return args, ""
	}
	return args[:last], dollars.ReplaceAllString(ts.ReadFile(filepath.Join(s.world.Dir, name)), "<$1>")
}

var dollars = regexp.MustCompile(`\$([A-Z][A-Z0-9]*)\b`)

// prepare reveals the secrets in a command and in its environment. That the story puts them there is no leak.
func (s *story) prepare(ts *testscript.TestScript, args []string) *exec.Cmd {
	for i, arg := range args {
		args[i] = s.reveal(arg, "argument of *")
	}
	environ := s.environ(ts)
	cmd := s.world.Command(s.look(ts, args[0]), args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = environ
	return cmd
}

func (s *story) newcomer(ts *testscript.TestScript, _ []string) { ts.Check(s.world.Unanswered()) }

// look finds a program like a shell of the person's would.
func (s *story) look(ts *testscript.TestScript, name string) string {
	s.world.Setenv("PATH", ts.Getenv("PATH"))
	return s.world.Look(name)
}

func (s *story) reveal(text, place string) string {
	revealed := s.world.Secrets.Reveal(text)
	for _, name := range s.world.Secrets.In([]byte(revealed)) {
		s.watcher.Allow(name, place)
	}
	return revealed
}

// environ is the environment as the script has it by now. testscript shows it to nobody but its commands; so one of
// them writes it down.
func (s *story) environ(ts *testscript.TestScript) []string {
	written := filepath.Join(s.notes, "environ")
	ts.Check(ts.Exec("/bin/sh", "-c", `/usr/bin/env -0 >"$1"`, "sh", written))
	var environ []string
	for _, variable := range strings.Split(strings.TrimSuffix(ts.ReadFile(written), "\x00"), "\x00") {
		name, value, _ := strings.Cut(variable, "=")
		if value == stage.Placeholder(name) || notThePersons[name] {
			continue
		}
		environ = append(environ, name+"="+s.reveal(value, "environment of *"))
	}
	return environ
}

// notThePersons are variables of the script and of the shell that wrote them down.
var notThePersons = map[string]bool{"WORK": true, "REALGIT": true, "NEWERGIT": true, "devnull": true, "exe": true, "/": true, ":": true, "$": true, "_": true, "GOTRACEBACK": true}

func screen(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] screen REGEXP")
	}
	s := ts.Value(storyKey{}).(*story)
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	if pattern.MatchString(s.screen) == neg {
		ts.Fatalf("%q shown: %v\n%s", args[0], neg, s.screen)
	}
}

// plain looks for what a screen reader, a dumb terminal and a narrow one do not take. A line may be too long for one
// word that cannot be broken, or go on behind a backslash.
func (s *story) plain(ts *testscript.TestScript, args []string) {
	columns, err := strconv.Atoi(strings.Join(args, " "))
	ts.Check(err)
	if i := strings.IndexAny(strings.ReplaceAll(s.raw, "\r\n", "\n"), "\x1b\r\b\a\v\f"); i >= 0 {
		ts.Fatalf("something moves the cursor, colours or rings: %q", s.raw)
	}
	for line := range strings.Lines(s.screen) {
		words := strings.Fields(line)
		if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > columns && len(words) > 1 && words[len(words)-1] != "\\" {
			ts.Fatalf("too wide: %s", line)
		}
	}
}

// raw looks at what screen does not show: every byte that came to the terminal, escape codes among them.
func raw(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] raw REGEXP")
	}
	s := ts.Value(storyKey{}).(*story)
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	if pattern.MatchString(s.raw) == neg {
		ts.Fatalf("%q came: %v\n%q", args[0], neg, s.world.Secrets.Mask(s.raw))
	}
}

func (s *story) exit(ts *testscript.TestScript, args []string) {
	if code, err := strconv.Atoi(strings.Join(args, " ")); err != nil || s.last != (stage.Exit{Code: code}) {
		ts.Fatalf("it was %v", s.last)
	}
}

func (s *story) signal(ts *testscript.TestScript, args []string) {
	if wanted, ok := stage.SignalNamed(strings.Join(args, " ")); !ok || s.last.Signal != wanted {
		ts.Fatalf("it was %v", s.last)
	}
}

// name makes $NAME known to the script, the watcher and the masks.
func (s *story) name(ts *testscript.TestScript, name, value string) {
	s.world.Secrets.Add(name, value)
	ts.Setenv(name, stage.Placeholder(name))
}

func (s *story) secretCommand(ts *testscript.TestScript, args []string) {
	switch {
	case len(args) == 3:
		length, err := strconv.Atoi(args[2])
		ts.Check(err)
		s.name(ts, args[0], s.world.Secrets.Reveal(args[1])[:length])
	case len(args) == 2 && args[1] == "api-token":
		s.name(ts, args[0], cloud.NewAPIToken())
	case len(args) == 2 && args[1] == "app-password":
		s.name(ts, args[0], cloud.NewAppPassword())
	default:
		ts.Fatalf("usage: secret NAME api-token|app-password, or secret NAME $OTHER LENGTH")
	}
}

func (s *story) fill(ts *testscript.TestScript, files []string) {
	for _, file := range files {
		path := ts.MkAbs(file)
		text := s.reveal(ts.ReadFile(path), "file "+s.world.Short(path))
		ts.Check(os.WriteFile(path, []byte(text), 0o600))
	}
}

func (s *story) allow(ts *testscript.TestScript, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: allow NAME PLACE")
	}
	s.watcher.Allow(args[0], args[1])
}

func (s *story) oldClone(ts *testscript.TestScript, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: old-clone REPOSITORY")
	}
	_, err := s.world.OldClone(filepath.Join(s.behind, "repositories", args[0]+".git"), args[0])
	ts.Check(err)
}

func (s *story) needs(_ *testscript.TestScript, args []string) { need.Programs(s.t, args...) }
