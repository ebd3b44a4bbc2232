//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// An outcome is what one run of a script has said.
type outcome struct {
	tests []test
	end   string // how the script ended: "exit status 1", or why it could not be run
}

const success = "exit status 0"

// A difference is one test, or the end of a script, that is not the same behind bbgit as with git alone.
type difference struct {
	script        string
	test          string // its name; "" for the script as a whole
	number        int    // of the test
	alone, behind string
}

func (d difference) String() string {
	what := fmt.Sprintf("%s #%d, %s", d.script, d.number, d.test)
	if d.test == "" {
		what = d.script + ", as a whole"
	}
	return fmt.Sprintf("%s\n    git alone: %s; behind bbgit: %s", what, d.alone, d.behind)
}

// differences compares the outcomes of one script. A script's end follows from its tests, and so counts only where
// those are the same.
func differences(script string, alone, behind outcome) []difference {
	var found []difference
	for number := range max(len(alone.tests), len(behind.tests)) {
		a, b := at(alone.tests, number), at(behind.tests, number)
		if a.verdict != b.verdict || a.name != b.name && a.verdict != missing && b.verdict != missing {
			name := a.name
			if a.verdict == missing {
				name = b.name
			}
			found = append(found, difference{script, name, number + 1, string(a.verdict), string(b.verdict)})
		}
	}
	if len(found) == 0 && alone.end != behind.end {
		found = append(found, difference{script: script, alone: alone.end, behind: behind.end})
	}
	return found
}

func at(tests []test, i int) test {
	if i < len(tests) {
		return tests[i]
	}
	return test{verdict: missing}
}

// A comparison is what came out for a number of scripts.
type comparison struct {
	scripts []string
	results int          // of git alone
	unlike  []difference // those that showed twice
	once    []difference // those that did not show again
}

// compare runs the scripts both ways, some at once, and then those that were not the same a second time, one by one: a
// test that hangs on time or on a port can fail by chance where much runs at once.
func (s *suite) compare(ctx context.Context, scripts []string, jobs int) comparison {
	c := comparison{scripts: scripts}
	var mu sync.Mutex
	var workers sync.WaitGroup
	doubtful := map[string][]difference{}
	queue := make(chan string)
	done := 0
	for range max(1, jobs) {
		workers.Go(func() {
			for script := range queue {
				without, with := s.both(ctx, script)
				mu.Lock()
				c.results += len(without.tests)
				if found := differences(script, without, with); len(found) > 0 {
					doubtful[script] = found
				}
				if done++; done%100 == 0 {
					fmt.Printf("%d scripts, %d results, %d scripts to look at again\n", done, c.results, len(doubtful))
				}
				mu.Unlock()
			}
		})
	}
	for _, script := range scripts {
		if ctx.Err() != nil {
			break
		}
		queue <- script
	}
	close(queue)
	workers.Wait()
	for _, script := range scripts {
		if len(doubtful[script]) > 0 && ctx.Err() == nil {
			again := differences(script, s.run(ctx, script, alone), s.run(ctx, script, behind))
			c.unlike = append(c.unlike, again...)
			c.once = append(c.once, less(doubtful[script], again)...)
		}
	}
	return c
}

// both are the outcomes of a script with git alone, and behind bbgit.
func (s *suite) both(ctx context.Context, script string) (without, with outcome) {
	with = s.outcome(ctx, script, behind)
	if s.brief && with.good() {
		return with, with
	}
	return s.outcome(ctx, script, alone), with
}

// good tells that all went as git's authors want it: nothing failed, and nothing was left out.
func (o outcome) good() bool {
	return o.end == success && len(o.tests) > 0 && !slices.ContainsFunc(o.tests, func(t test) bool { return t.verdict != passed })
}

// less returns those of found that show in again no more.
func less(found, again []difference) []difference {
	return slices.DeleteFunc(slices.Clone(found), func(d difference) bool { return slices.Contains(again, d) })
}

// report prints the differences, and fails unless they are the known ones.
func (c comparison) report(w io.Writer) error {
	wrong := 0
	for _, d := range c.unlike {
		reason := reasonFor(d)
		if reason == "" {
			wrong++
			reason = "No reason is known (known.go)."
		}
		fmt.Fprintf(w, "%v\n    %s\n", d, reason)
	}
	for _, d := range c.once {
		fmt.Fprintf(w, "%v\n    The same when it was run again.\n", d)
	}
	for _, k := range known {
		if slices.Contains(c.scripts, k.script) && !slices.ContainsFunc(c.unlike, k.is) {
			wrong++
			fmt.Fprintf(w, "%s, %s\n    The same by now: take it out of known.go.\n", k.script, k.test)
		}
	}
	fmt.Fprintf(w, "%d scripts, %d results, %d differences, %d without a reason\n", len(c.scripts), c.results, len(c.unlike), wrong)
	if wrong > 0 {
		return fmt.Errorf("bbgit is not like git")
	}
	if c.results == 0 {
		return fmt.Errorf("the scripts have no results")
	}
	return nil
}

// reasonFor returns why a difference is as it should be, or "".
func reasonFor(d difference) string {
	for _, k := range known {
		if k.is(d) {
			return strings.Join(strings.Fields(k.reason), " ")
		}
	}
	return ""
}
