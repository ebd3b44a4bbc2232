package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// A setting is a line of configuration, with what "git config --show-scope
// --show-origin" tells of it.
type setting struct{ scope, origin, key, value string }

type configuration []setting

// readOptions reads the configuration (GIT_CONFIG_COUNT, then "-c") and returns
// the arguments behind git's own options.
func readOptions(args []string) (settings configuration, rest []string) {
	count, _ := strconv.Atoi(os.Getenv("GIT_CONFIG_COUNT"))
	for i := range count {
		n := strconv.Itoa(i)
		settings = append(settings, setting{"command", "command line:", os.Getenv("GIT_CONFIG_KEY_" + n), os.Getenv("GIT_CONFIG_VALUE_" + n)})
	}
	for len(args) > 1 && args[0] == "-c" {
		key, value, _ := strings.Cut(args[1], "=")
		settings = append(settings, setting{"command", "command line:", key, value})
		args = args[2:]
	}
	return settings, args
}

// helpers are those for Bitbucket. An empty one drops those before it.
func (settings configuration) helpers() (helpers []string) {
	for _, s := range settings {
		switch {
		case s.key != "credential.helper" && s.key != "credential.https://bitbucket.org.helper":
		case s.value == "":
			helpers = nil
		default:
			helpers = append(helpers, s.value)
		}
	}
	return helpers
}

// print is "git config --list -z --show-scope --show-origin".
func (settings configuration) print() {
	for _, s := range settings {
		fmt.Printf("%s\x00%s\x00%s\n%s\x00", s.scope, s.origin, s.key, s.value)
	}
}
