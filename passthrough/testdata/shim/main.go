// Shim is bbgit as far as passthrough goes: it has no word of its own, and a
// companion that follows a script. The script is in variables SHIM_…, which it
// takes out of the environment before anything else.
package main

import (
	"context"
	"os"
	"strconv"
	"strings"
	"time"

	"bbgit/passthrough"
)

func main() {
	companion := scripted{
		lend:  take("SHIM_LEND"),  // what to add to the environment that is lent
		join:  take("SHIM_JOIN"),  // what to add to the environment to start git with
		next:  take("SHIM_NEXT"),  // the arguments to run next, split at blanks
		times: take("SHIM_TIMES"), // how often, where that is not once
		log:   take("SHIM_LOG"),   // the file that is told of each call
		fail:  take("SHIM_FAIL"),  // the method that panics
		wait:  take("SHIM_WAIT"),  // the method that waits until it is stopped
		deaf:  take("SHIM_DEAF"),  // if set, nothing stops it
		say:   take("SHIM_SAY"),   // the method that writes to stderr
	}
	if take("SHIM_ALONE") != "" {
		os.Exit(passthrough.Run(passthrough.Read(os.Args[1:]), nil, nil))
	}
	os.Exit(passthrough.Run(passthrough.Read(os.Args[1:]), &companion, nil))
}

func take(name string) string {
	defer os.Unsetenv(name)
	return os.Getenv(name)
}

type scripted struct {
	lend, join, next, times, log, fail, wait, deaf, say string

	env  []string
	runs int
}

func (s *scripted) Lend(c passthrough.Command, env []string) []string {
	s.call(context.Background(), "lend "+c.Word)
	return with(env, s.lend)
}

func (s *scripted) Join(c passthrough.Command, env []string) passthrough.Attendance {
	s.call(context.Background(), "join "+c.Word+" "+strconv.Itoa(c.At)+" "+c.Git)
	s.env = with(env, s.join)
	return s
}

func (s *scripted) Env() []string {
	s.call(context.Background(), "env")
	return s.env
}

func (s *scripted) After(ctx context.Context, end passthrough.End) *passthrough.Next {
	s.call(ctx, "after "+strconv.Itoa(end.Code)+" "+strconv.Itoa(int(end.Signal)))
	most, err := strconv.Atoi(s.times)
	if err != nil {
		most = 1
	}
	if s.next == "" || s.runs >= most {
		return nil
	}
	s.runs++
	return &passthrough.Next{Args: strings.Fields(s.next)}
}

func (s *scripted) Close() { s.call(context.Background(), "close") }

// call does what the script says about a method, whose name comes first in
// what is written to the log.
func (s *scripted) call(ctx context.Context, line string) {
	s.note(line)
	method, _, _ := strings.Cut(line, " ")
	if method == s.fail {
		panic("secret-in-a-panic")
	}
	if method == s.say {
		_, err := os.Stderr.WriteString("said\n")
		s.note("said: " + strconv.FormatBool(err == nil))
	}
	if method != s.wait {
		return
	}
	if s.deaf == "" && ctx.Done() != nil {
		<-ctx.Done()
		s.note("stopped")
		return
	}
	time.Sleep(time.Hour)
}

func (s *scripted) note(line string) {
	if s.log == "" {
		return
	}
	file, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer file.Close()
	file.WriteString(line + "\n")
}

func with(env []string, entry string) []string {
	if entry == "" {
		return env
	}
	return append(env, entry)
}
