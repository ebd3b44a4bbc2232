package handover

import (
	"strings"
	"testing"
)

func TestReadCommandLine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		line string // the arguments, split at blanks
		word string
		at   int
	}{
		{"push", "push", 0},
		{"push -C x clone", "push", 0},
		{"-C dir push", "push", 2},
		{"-C push push", "push", 2},
		{"-c a.b=c -c d.e=f fetch", "fetch", 4},
		{"--git-dir=x --work-tree y pull", "pull", 3},
		{"--git-dir x --work-tree=y pull", "pull", 3},
		{"--namespace n --config-env a.b=C clone", "clone", 4},
		{"--config-env=a.b=C clone", "clone", 1},
		{"--exec-path=/x push", "push", 1},
		{"--attr-source HEAD log", "log", 2},
		{"--attr-source=HEAD log", "log", 1},
		{"--super-prefix p/ ls-files", "ls-files", 2},
		{"--shallow-file f fetch", "fetch", 2},
		{"-p --no-pager -P --bare --no-lazy-fetch --no-advice push", "push", 6},
		{"--no-optional-locks --literal-pathspecs status", "status", 2},
		{"--from-a-newer-git push", "push", 1},
		{"-C dir bitbucket", "bitbucket", 2},

		{"--version", "", 0},
		{"-v push", "", 0},
		{"-C dir --help push", "", 2},
		{"-h", "", 0},
		{"--exec-path push", "", 0},
		{"--exec-paths push", "", 0},
		{"--html-path push", "", 0},
		{"--list-cmds=main push", "", 0},
		{"-C", "", 1},
		{"-C dir", "", 2},
		{"-c push", "", 2},
		{"--bare", "", 1},
	}
	for _, test := range tests {
		word, at := ReadCommandLine(strings.Fields(test.line))
		if word != test.word || at != test.at {
			t.Errorf("ReadCommandLine(%s) = %q, %d; want %q, %d", test.line, word, at, test.word, test.at)
		}
	}
	if word, at := ReadCommandLine(nil); word != "" || at != 0 {
		t.Errorf("ReadCommandLine() = %q, %d", word, at)
	}
	if word, at := ReadCommandLine([]string{"-c", "x", "", "push"}); word != "" || at != 2 {
		t.Errorf("an empty word is read as %q, %d", word, at)
	}
}

func FuzzReadCommandLine(f *testing.F) {
	for _, seed := range []string{"", "push", "-C\x00a\x00push", "-c\x00", "--exec-path\x00x", "\x00", "-\xff\x00--\x00x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, joined string) {
		args := strings.Split(joined, "\x00")
		word, at := ReadCommandLine(args)
		if at < 0 || at > len(args) {
			t.Fatalf("%q: index %d", args, at)
		}
		if word != "" && (args[at] != word || word[0] == '-') {
			t.Fatalf("%q: word %q at %d", args, word, at)
		}
		// What comes behind the word is the command's own.
		if again, where := ReadCommandLine(append(args[:at:at], word)); word != "" && (again != word || where != at) {
			t.Fatalf("%q: word %q at %d depends on what comes behind it", args, word, at)
		}
		// One more option in front of the line changes nothing but the index.
		if again, where := ReadCommandLine(append([]string{"-C", "--version"}, args...)); again != word || where != at+2 {
			t.Fatalf("%q: word %q at %d becomes %q at %d", args, word, at, again, where)
		}
	})
}
