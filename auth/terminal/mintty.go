//go:build windows || linux

package terminal

import (
	"strings"

	"bbgit/auth/pattern"
)

// Mintty, the window of Git Bash, is no console. A program of Windows that is started there has pipes for its standard
// files, and a console that nobody sees. Only programs of MSYS know the terminal behind the pipes, as /dev/tty; so git
// for Windows has its bash ask for passwords (shell_prompt in compat/terminal.c), and so do we.

// isMSYSTerminal recognises such a pipe by its name, which MSYS and Cygwin give it: \msys-1888ae32e00d56aa-pty0-to-master.
// ("nat" marks the one for programs of Windows where there are two.)
func isMSYSTerminal(pipe string) bool {
	name, ok := strings.CutPrefix(pipe, `\`)
	return ok && msysTerminal.MatchString(name)
}

var msysTerminal = pattern.New(`^(?:msys|cygwin)-[0-9a-f]+-pty[0-9]+-to-master(?:-nat)?$`)

// What bash is told to do. Between the first and the last of these the modes of the terminal are ours, whatever becomes
// of the bash that reads: it takes a moment to start, in which a person may already paste.
const (
	bashTellsModes = `stty -g </dev/tty`
	// With these modes a read takes what was typed and does not wait for more: it is thrown away.
	bashSetsModes = `exec </dev/tty && stty -echo -icanon min 0 time 0 && cat >/dev/null && stty "$@"`
	bashReadsLine = `IFS= read -r line </dev/tty && printf '%s\n' "$line"`
)

// modesFor are stty's words for a line that the terminal itself edits.
func modesFor(typing typing) []string {
	if typing != shown {
		return []string{"-echo", "icanon", "isig", "icrnl"}
	}
	return []string{"echo", "icanon", "isig", "icrnl"}
}

// bashArguments run a script. No file of the person's is read, which could print something.
func bashArguments(script string, args ...string) []string {
	return append([]string{"--noprofile", "--norc", "-c", script, "bbgit"}, args...)
}

// withoutStartFile is an environment in which bash reads no file first.
func withoutStartFile(env []string) []string {
	kept := make([]string, 0, len(env))
	for _, entry := range env {
		if name, _, _ := strings.Cut(entry, "="); !strings.EqualFold(name, "BASH_ENV") {
			kept = append(kept, entry)
		}
	}
	return kept
}
