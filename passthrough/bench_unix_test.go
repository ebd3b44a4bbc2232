//go:build unix

package passthrough

import (
	"os/exec"
	"testing"
	"time"
)

// BenchmarkStart compares commands that do next to nothing with plain git's, in
// turns, as what else the machine does changes from one second to the next.
// x-git is the ratio, and what is added is ours.
func BenchmarkStart(b *testing.B) {
	p := newPlace(b)
	env := p.env()
	git := realGit(b)
	p.run(b, env, git, "init", "--quiet")
	for _, line := range []struct{ name, word, argument string }{
		{"untouched", "config", "core.bare"},
		{"lent", "rev-parse", "--git-dir"},
		{"stays", "remote", "-v"},
	} {
		b.Run(line.name, func(b *testing.B) {
			var theirs, ours time.Duration
			for b.Loop() {
				theirs += timed(b, p.command(env, git, line.word, line.argument))
				ours += timed(b, p.command(env, shim(b), line.word, line.argument))
			}
			b.ReportMetric(float64(ours)/float64(theirs), "x-git")
			b.ReportMetric(float64((ours-theirs).Microseconds())/float64(b.N), "µs-added/op")
		})
	}
}

func timed(b *testing.B, cmd *exec.Cmd) time.Duration {
	start := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
