package stage

import (
	"fmt"
	"strings"
	"syscall"
)

// keys are the keys that have names in a dialogue.
var keys = map[string]string{"enter": "\r", "tab": "\t", "ctrl-c": "\x03", "ctrl-d": "\x04", "ctrl-z": "\x1a", `ctrl-\`: "\x1c"}

var signals = map[string]syscall.Signal{
	"INT": syscall.SIGINT, "QUIT": syscall.SIGQUIT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "PIPE": syscall.SIGPIPE, "KILL": syscall.SIGKILL,
}

// SignalNamed gives the signal whose short name that is, as in kill(1).
func SignalNamed(name string) (syscall.Signal, bool) {
	s, ok := signals[name]
	return s, ok
}

// Play acts out a dialogue, a line for each step:
//
//	expect TEXT    wait until TEXT is shown, below what the last expect has found
//	echo-off       wait until the terminal does not show what is typed
//	echo-on        wait until it does
//	type TEXT      type TEXT and Enter; `<NAME>` stands for a secret
//	begin TEXT     type TEXT without Enter
//	paste TEXT     the same, as a terminal pastes it for a program that asked for marks around it
//	press KEY      enter, tab, ctrl-c, ctrl-d, ctrl-z or ctrl-\
//	kill NAME      send the signal INT, TERM or HUP to the command
//	hang-up        close the terminal
//
// Empty lines and lines that begin with # say nothing.
func (t *Terminal) Play(dialogue string) error {
	for number, line := range strings.Split(dialogue, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := t.step(line); err != nil {
			return fmt.Errorf("line %d of the dialogue, %q: %w", number+1, line, err)
		}
	}
	return nil
}

func (t *Terminal) step(line string) error {
	verb, object, _ := strings.Cut(line, " ")
	switch verb {
	case "expect":
		return t.Expect(t.secrets.Reveal(object))
	case "echo-off":
		return t.ExpectEcho(false)
	case "echo-on":
		return t.ExpectEcho(true)
	case "type":
		return t.Type(t.secrets.Reveal(object) + keys["enter"])
	case "begin":
		return t.Type(t.secrets.Reveal(object))
	case "paste":
		return t.Type("\x1b[200~" + t.secrets.Reveal(object) + "\x1b[201~" + keys["enter"])
	case "press":
		if keys[object] == "" {
			return fmt.Errorf("no such key")
		}
		return t.Type(keys[object])
	case "kill":
		s, ok := SignalNamed(object)
		if !ok {
			return fmt.Errorf("no such signal")
		}
		return t.Signal(s)
	case "hang-up":
		return t.HangUp()
	}
	return fmt.Errorf("no such step")
}
