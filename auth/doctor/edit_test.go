package doctor

import (
	"errors"
	"strings"
	"testing"
)

func TestInURLs(t *testing.T) {
	t.Parallel()
	const old, now = "git@bitbucket.org:", "git@ssh.bitbucket.org:"
	for _, tc := range []struct{ name, text, want string }{
		{"a remote", "[remote \"origin\"]\n\turl = git@bitbucket.org:a/b\n\tfetch = x\n", "[remote \"origin\"]\n\turl = git@ssh.bitbucket.org:a/b\n\tfetch = x\n"},
		{"a rule, and not what people type", "[url \"git@bitbucket.org:\"]\n\tinsteadOf = git@bitbucket.org:\n", "[url \"git@ssh.bitbucket.org:\"]\n\tinsteadOf = git@bitbucket.org:\n"},
		{"a rule on one line", "[url \"git@bitbucket.org:\"] pushInsteadOf = git@bitbucket.org:\n", "[url \"git@ssh.bitbucket.org:\"] pushInsteadOf = git@bitbucket.org:\n"},
		{"what people type alone", "[url \"https://bitbucket.org/\"]\n\tinsteadOf = git@bitbucket.org:\n", ""},
		{"line ends of Windows", "\turl = git@bitbucket.org:a/b\r\n", "\turl = git@ssh.bitbucket.org:a/b\r\n"},
	} {
		got, err := inURLs(old, now)(tc.text)
		if got != tc.want || (tc.want == "") != errors.Is(err, errNothing) {
			t.Errorf("%s: %q, %v", tc.name, got, err)
		}
	}
}

func TestUndoFindsItsLines(t *testing.T) {
	t.Parallel()
	const before, after = "[a]\n\turl = old\n[b]\n\turl = other\n", "[a]\n\turl = new\n[b]\n\turl = other\n"
	d := differenceOf(before, after)
	for _, tc := range []struct{ name, text, want string }{
		{"nothing else has changed", after, before},
		{"lines came before", "[x]\n\ty = z\n" + after, "[x]\n\ty = z\n" + before},
		{"lines went behind", "[a]\n\turl = new\n", "[a]\n\turl = old\n"},
		{"it was changed again", "[a]\n\turl = newer\n", ""},
	} {
		got, err := d.undo(tc.text)
		if got != tc.want || (tc.want == "") != errors.Is(err, errChangedSince) {
			t.Errorf("%s: %q, %v", tc.name, got, err)
		}
	}
}

func TestUndoPutsLinesBack(t *testing.T) {
	t.Parallel()
	before := "machine a\nmachine bitbucket.org\nmachine c\n"
	d := differenceOf(before, "machine a\nmachine c\n")
	for text, want := range map[string]string{
		"machine a\nmachine c\n":                    before,
		"machine x\nmachine a\nmachine c\n":         "machine x\n" + before,
		"machine c\n":                               "",
		before:                                      "", // killed between the note and the edit
		"machine a\nmachine a\nmachine c\n":         "machine a\nmachine bitbucket.org\nmachine a\nmachine c\n",
		"# a comment\n# more\nmachine a\nmachine c": "# a comment\n# more\nmachine a\nmachine bitbucket.org\nmachine c",
	} {
		if got, err := d.undo(text); got != want || (want == "") != errors.Is(err, errChangedSince) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	first := differenceOf(before, "machine bitbucket.org\nmachine c\n")
	if got, err := first.undo("machine y\n"); err != nil || got != "machine a\nmachine y\n" {
		t.Errorf("at the beginning: %q, %v", got, err)
	}
}

// Whatever an edit did, undo takes it back.
func FuzzUndo(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nc\n")
	f.Add("", "x")
	f.Add("a\n", "a\n")
	f.Add("a\r\nb", "a\r\nb\r\n")
	f.Fuzz(func(t *testing.T, before, after string) {
		if got, err := differenceOf(before, after).undo(after); err != nil || got != before {
			t.Fatalf("%q, %v", got, err)
		}
	})
}

func TestWithLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "x\n", "a\n": "a\nx\n", "a": "a\nx\n"} {
		if got, err := withLine("x")(text); got != want || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

func TestWithoutLines(t *testing.T) {
	t.Parallel()
	edit := withoutLines(func(line string) bool { return strings.HasPrefix(line, "x") })
	if got, err := edit("a\nx\nb\nxy"); got != "a\nb\n" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := edit("a\n"); !errors.Is(err, errNothing) {
		t.Error(err)
	}
}
