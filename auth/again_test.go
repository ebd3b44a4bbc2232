package auth

import (
	"slices"
	"strings"
	"testing"
)

// commandOf reads a command line whose global options are -C and -c only.
func commandOf(line string) Command {
	c := Command{Git: "/usr/bin/git", Args: strings.Fields(line)}
	for c.At < len(c.Args) && (c.Args[c.At] == "-C" || c.Args[c.At] == "-c") {
		c.At += 2
	}
	if c.At < len(c.Args) {
		c.Word = c.Args[c.At]
	}
	return c
}

func TestRepeat(t *testing.T) {
	t.Parallel()
	const url = "https://you@bitbucket.org/you/thesis.git"
	for _, tc := range []struct {
		name, line string
		now        circumstances
		clone      string // a folder that holds a clone
		want       string // "" for nothing
		why        string
	}{
		{name: "push", line: "push -u origin main", want: "push -u origin main"},
		{name: "fetch", line: "-C x fetch --all", want: "-C x fetch --all"},
		{name: "pull", line: "pull --rebase --autostash", want: "pull --rebase --autostash"},
		{name: "ls-remote", line: "ls-remote " + url, want: "ls-remote " + url},
		{name: "submodule update", line: "submodule update --init", want: "submodule update --init"},
		{name: "submodule add", line: "submodule add " + url, want: "submodule add " + url},
		{name: "submodule foreach", line: "submodule foreach git pull", why: "in submodules"},
		{name: "remote update", line: "remote update", want: "remote update"},
		{name: "remote show", line: "remote show origin", want: "remote show origin"},
		{name: "remote add -f", line: "-C x remote add -f up " + url, want: "-C x fetch up"},
		{name: "clone that left nothing", line: "clone " + url, want: "clone " + url},
		{name: "clone with a refused submodule", line: "clone --recurse-submodules -j4 " + url, clone: "thesis",
			want: "-C thesis submodule update --init --recursive --jobs 4"},
		{name: "clone into a folder", line: "-C x clone --recursive " + url + " mine", clone: "mine",
			want: "-C x -C mine submodule update --init --recursive"},
		{name: "clone with refused files of git-lfs", line: "clone " + url, clone: "thesis", want: "-C thesis checkout -f HEAD"},
		{name: "a submodule at fetch", line: "fetch origin", now: circumstances{inSubmodule: true}, want: "fetch --recurse-submodules=yes origin"},
		{name: "a submodule at pull, asked for", line: "pull --recurse-submodules", now: circumstances{inSubmodule: true}, want: "pull --recurse-submodules"},
		{name: "alias", line: "pu origin", now: circumstances{alias: "push -v"}, want: "pu origin"},
		{name: "shell alias", line: "sync", now: circumstances{alias: "!git pull && git push"}, why: "script"},
		{name: "alias of something else", line: "x", now: circumstances{alias: "submodule foreach pull"}, why: "already"},
		{name: "external command", line: "foo", why: "already"},
		{name: "piped", line: "ls-remote", now: circumstances{piped: true}, why: "output"},
		{name: "stdin", line: "fetch --stdin origin", why: "input"},
		{name: "lfs", line: "lfs push origin main", want: "lfs push origin main"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tc.now.isClone = func(folder string) bool { return folder == tc.clone }
			c := commandOf(tc.line)
			before := slices.Clone(c.Args)
			got := repeat(c, tc.now)
			if strings.Join(got.args, " ") != tc.want {
				t.Errorf("runs %q, want %q", got.args, tc.want)
			}
			if (tc.why == "") != (got.why == "") || !strings.Contains(got.why, tc.why) {
				t.Errorf("why %q, want %q", got.why, tc.why)
			}
			if !slices.Equal(before, c.Args) {
				t.Errorf("the arguments were changed: %q", c.Args)
			}
		})
	}
}
