package trace

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"bbgit/auth/secret"
)

func TestWhereTo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "trace")
	for _, c := range []struct {
		value     string
		on, wrong bool
	}{
		{"0", false, false}, {"false", false, false}, {"FALSE", false, false},
		{"1", true, false}, {"true", true, false}, {"2", true, false},
		{file, true, false},
		{"trace.txt", false, true}, {"yes please", false, true},
		{filepath.Join(file, "below", "a", "file"), false, true},
	} {
		got, err := to(c.value)
		if got.On() != c.on || (err != nil) != c.wrong {
			t.Errorf("%q: on %v, error %v", c.value, got.On(), err)
		}
	}
}

func TestALine(t *testing.T) {
	t.Parallel()
	const token = "ATATT3xFfGF0abcdefghijklmnopqrstuvwxyz=1A2B3C4D"
	var out bytes.Buffer
	trace := &Trace{out: &out, now: func() time.Time { return time.Date(2026, 11, 24, 9, 8, 7, 6000, time.UTC) }}
	trace.Notef("%v, %s of %q, %s, %s", secret.New("hunter2"), "https://you:hunter2@bitbucket.org/you/thesis.git", "you",
		token, "two\nlines\x1b[31m and a colour")
	want := regexp.MustCompile(`^09:08:07\.000006 bbgit\[\d+\] \*{4}, https://\*{4}@bitbucket\.org/you/thesis\.git of "you", \*{4}, two lines and a colour\n$`)
	if !want.MatchString(out.String()) {
		t.Errorf("%q", out.String())
	}
}

// Where nobody reads, nothing is made.
func TestNobodyReads(t *testing.T) { // not parallel: allocations are counted
	var off *Trace
	if n := testing.AllocsPerRun(100, func() { off.Notef("%s: %s", "git asks", "you/thesis") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Many processes write into one file: each line stays whole. Each opening of the file stands for a process.
func TestManyWriters(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "trace")
	const writers, lines = 8, 200
	text := strings.Repeat("x", 500)
	var all sync.WaitGroup
	for range writers {
		trace, err := to(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			for range lines {
				trace.Notef("%s", text)
			}
		})
	}
	all.Wait()
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	whole := regexp.MustCompile(`(?m)^\d\d:\d\d:\d\d\.\d{6} bbgit\[\d+\] x{500}$`)
	if n := len(whole.FindAll(got, -1)); n != writers*lines {
		t.Errorf("%d of %d lines are whole", n, writers*lines)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
