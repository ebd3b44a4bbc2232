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
	aliases := map[string]string{
		"pu": "push -v", "sync": "!git pull && git push", "x": "submodule foreach pull", "ours": "pu --tags", "round": "trip", "trip": "round",
		"quoted": "push 'a b'", "other": "-c a.b=c push", "down": "fetch --prune", "cl": "clone --recursive", "show-it": "log -p",
	}
	for _, tc := range []struct {
		name, line string
		now        circumstances
		clone      string // a folder that holds a clone
		want       string // with why, what is named; "" for the same again
		later      string
		why        string
	}{
		{name: "push", line: "push -u origin main"},
		{name: "fetch", line: "-C x fetch --all"},
		{name: "pull", line: "pull --rebase --autostash"},
		{name: "ls-remote", line: "ls-remote " + url},
		{name: "submodule update", line: "submodule update --init"},
		{name: "submodule add", line: "submodule add " + url},
		{name: "submodule foreach", line: "submodule --quiet foreach git pull", why: "in submodules"},
		{name: "remote update", line: "remote update"},
		{name: "remote show", line: "remote show origin"},
		{name: "remote add -f", line: "-C x remote add -f up " + url, want: "-C x fetch up"},
		{name: "remote add -f, piped", line: "remote add -f up " + url, now: circumstances{piped: true}, want: "fetch up"},
		{name: "remote add -f of a short URL", line: "remote add -f up bb:you/thesis.git", why: "fetch is missing"},
		{name: "clone that left nothing", line: "clone " + url},
		{name: "clone with a refused submodule", line: "clone --recurse-submodules -j4 " + url, clone: "thesis",
			want: "-C thesis submodule update --init --recursive --force --jobs 4"},
		{name: "clone into a folder", line: "-C x clone --recursive " + url + " mine", clone: "mine",
			want: "-C x -C mine submodule update --init --recursive --force"},
		{name: "clone with refused files of git-lfs", line: "clone " + url, clone: "thesis", now: circumstances{code: 128}, want: "-C thesis checkout -f HEAD"},
		{name: "clone with both", line: "clone --recursive " + url, clone: "thesis", now: circumstances{code: 128},
			want: "-C thesis checkout -f HEAD", later: "-C thesis submodule update --init --recursive --force"},
		{name: "clone, piped", line: "clone --recursive " + url, clone: "thesis", now: circumstances{piped: true}, want: "-C thesis submodule update --init --recursive --force"},
		{name: "clone by an alias", line: "cl " + url, clone: "thesis", want: "-C thesis submodule update --init --recursive --force"},
		{name: "a submodule at fetch", line: "fetch origin", now: circumstances{inSubmodule: true}, want: "fetch --recurse-submodules=yes origin"},
		{name: "a submodule at fetch, only where needed", line: "fetch --recurse-submodules=on-demand", now: circumstances{inSubmodule: true}, want: "fetch --recurse-submodules=yes"},
		{name: "a submodule at fetch by an alias", line: "down origin", now: circumstances{inSubmodule: true}, want: "down --recurse-submodules=yes origin"},
		{name: "a submodule at fetch, piped", line: "fetch", now: circumstances{inSubmodule: true, piped: true}, want: "fetch --recurse-submodules=yes", why: "output"},
		{name: "a submodule at pull", line: "-C x pull", now: circumstances{inSubmodule: true}, want: "-C x -c fetch.recurseSubmodules=true pull"},
		{name: "a submodule at pull, asked for", line: "pull --recurse-submodules", now: circumstances{inSubmodule: true}},
		{name: "alias", line: "pu origin", now: circumstances{}},
		{name: "alias of an alias", line: "Ours origin"},
		{name: "aliases in a circle", line: "round", why: "already"},
		{name: "alias with quotes", line: "quoted", why: "already"},
		{name: "alias with options of git's", line: "other", why: "already"},
		{name: "alias of something local", line: "show-it", why: "already"},
		{name: "shell alias", line: "sync", why: "script"},
		{name: "alias for all submodules", line: "x", why: "in submodules"},
		{name: "external command", line: "foo", why: "already"},
		{name: "piped", line: "ls-remote", now: circumstances{piped: true}, why: "output"},
		{name: "stdin", line: "fetch --stdin origin", why: "input"},
		{name: "lfs push", line: "lfs push origin main"},
		{name: "lfs that reads its input", line: "lfs smudge", why: "already"},
		{name: "lfs", line: "lfs", why: "already"},
		{name: "push with a hook that passed", line: "-C x push origin", now: circumstances{hook: hookPassed}, want: "-C x push --no-verify origin"},
		{name: "push with a hook that failed", line: "push", now: circumstances{hook: hookRan}, why: "hook"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tc.now.isClone = func(folder string) bool { return folder == tc.clone }
			tc.now.aliases = aliases
			c := commandOf(tc.line)
			before := slices.Clone(c.Args)
			got := repeat(c, tc.now)
			if tc.want == "" {
				tc.want = tc.line
			}
			if strings.Join(got.command.Args, " ") != tc.want {
				t.Errorf("runs %q, want %q", got.command.Args, tc.want)
			}
			if word := got.command.Args[got.command.At]; word != got.command.Word {
				t.Errorf("takes %q for the word, not %q", word, got.command.Word)
			}
			if (tc.later != "") != (len(got.later) == 1) || tc.later != "" && strings.Join(got.later[0].Args, " ") != tc.later {
				t.Errorf("then runs %v, want %q", got.later, tc.later)
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

func TestInSubmodule(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		dir, gitDir string
		want        bool
	}{
		{"/x/thesis", "/x/thesis/.git/modules/notes", true},
		{"/x/thesis/.git/modules/notes", ".", true},
		{"/x/thesis", ".git/modules/notes", true},
		{"/x/thesis/.git", ".", false},
		{"/x/thesis", ".git", false},
	} {
		if got := (request{dir: tc.dir, env: []string{"GIT_DIR=" + tc.gitDir}}).inSubmodule(); got != tc.want {
			t.Errorf("%s from %s: %v", tc.gitDir, tc.dir, got)
		}
	}
}
