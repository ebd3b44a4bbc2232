package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// credential is a message of the protocol: attributes by name.
type credential map[string]string

func request() credential {
	return credential{"protocol": "https", "host": "bitbucket.org", "path": "you/thesis.git"}
}

func readCredential(r io.Reader) credential {
	c := credential{}
	for lines := bufio.NewScanner(r); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), "="); ok {
			c[name] = value
		}
	}
	return c
}

func (c credential) String() string {
	var text strings.Builder
	for name, value := range c {
		fmt.Fprintf(&text, "%s=%s\n", name, value)
	}
	return text.String()
}

// credentialCommand is git-credential(1).
func credentialCommand(settings configuration, action string) {
	c := readCredential(os.Stdin)
	switch action {
	case "fill":
		c, ok := settings.fill(c)
		if !ok {
			fail(128, "fatal: could not read Username: terminal prompts disabled")
		}
		fmt.Print(c)
	case "approve":
		settings.tell("store", c)
	case "reject":
		settings.tell("erase", c)
	}
}

// fill asks one helper after another.
func (settings configuration) fill(c credential) (credential, bool) {
	for _, helper := range settings.helpers() {
		answer := ask(helper, "get", c)
		if answer["quit"] != "" {
			fail(128, "fatal: credential helper told us to quit")
		}
		for name, value := range answer {
			c[name] = value
		}
		if c["password"] != "" {
			return c, true
		}
	}
	return c, false
}

func (settings configuration) tell(operation string, c credential) {
	for _, helper := range settings.helpers() {
		ask(helper, operation, c)
	}
}

// ask starts a helper. Git has sh do so; here, words in single quotes have to do.
func ask(helper, operation string, c credential) credential {
	line, isShell := strings.CutPrefix(helper, "!")
	if !isShell {
		fail(128, "the stand-in knows no helper "+helper)
	}
	words := append(split(line), operation)
	if words[0] == "printf" { // in which sh is versed itself
		if operation != "get" {
			return nil
		}
		format := strings.NewReplacer(`\n`, "\n", "%s", "%s").Replace(words[1])
		return readCredential(strings.NewReader(fmt.Sprintf(format, words[2], strings.TrimSuffix(words[3], ";:"))))
	}
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stdin = strings.NewReader(c.String())
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		fmt.Fprintln(os.Stderr, "helper:", err)
	}
	return readCredential(bytes.NewReader(out))
}

// split splits a line for sh at its blanks, as far as single quotes and
// backslashes outside of them go.
func split(line string) (words []string) {
	var word strings.Builder
	var inWord, quoted, escaped bool
	for _, c := range line {
		switch {
		case escaped:
			word.WriteRune(c)
			escaped = false
		case c == '\\' && !quoted:
			escaped, inWord = true, true
		case c == '\'':
			quoted, inWord = !quoted, true
		case c == ' ' && !quoted:
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(c)
			inWord = true
		}
	}
	if inWord {
		words = append(words, word.String())
	}
	return words
}
