package setup

import (
	"strings"
	"testing"
)

const helper = `!'/home/you/go/bin/bbgit' bitbucket helper`

const written = comment + `
[credential "https://bitbucket.org"]
	helper =
	helper = "!'/home/you/go/bin/bbgit' bitbucket helper"
	useHttpPath = true
`

func TestAdded(t *testing.T) {
	t.Parallel()
	if got := added("[user]\n\tname = You\n", helper, true); got != "[user]\n\tname = You\n"+written {
		t.Errorf("got\n%s", got)
	}
}

func TestQuoted(t *testing.T) {
	t.Parallel()
	if got := quoted(`!'/opt/the "best"/it'\''s; # \bbgit' x`); got != `"!'/opt/the \"best\"/it'\\''s; # \\bbgit' x"` {
		t.Errorf("got %s", got)
	}
}

// What is undone leaves the file as it was, to the byte.
func TestAddedAndRemoved(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty":                "",
		"usual":                "[user]\n\tname = You\n",
		"no final line end":    "[user]\n\tname = You",
		"crlf":                 "[user]\r\n\tname = You\r\n",
		"crlf without the end": "[user]\r\n\tname = You",
		"mixed":                "[user]\r\n\tname = You\n",
		"empty lines":          "\n\n[user]\n\tname = You\n\n\n",
		"white space":          "[user]\n\tname = You\n\t ",
		"a comment":            "[user]\n\tname = You\n# the end",
		"the same section":     "[credential \"https://bitbucket.org\"]\n\tusername = you\n",
		"a bom":                "\ufeff[user]\n\tname = You\n",
	} {
		for _, exists := range []bool{true, false} {
			if !exists && text != "" {
				continue
			}
			after := added(text, helper, exists)
			if !strings.HasPrefix(after, text) {
				t.Errorf("%s: something else was changed: %q", name, after)
			}
			if crlf, lf := strings.Count(after, "\r\n"), strings.Count(after, "\n"); strings.Count(text, "\n") == strings.Count(text, "\r\n") && text != "" && lineEnd(text) == "\r\n" && crlf != lf {
				t.Errorf("%s: line ends are mixed: %q", name, after)
			}
			if rest, found, made := removed(after); rest != text || !found || made != !exists {
				t.Errorf("%s: %q became %q; found %v, made %v", name, text, rest, found, made)
			}
		}
	}
}

// What the person has changed meanwhile stays as they want it.
func TestRemovedFromWhatWasChanged(t *testing.T) {
	t.Parallel()
	const user, core = "[user]\n\tname = You\n", "[core]\n\tpager = cat\n"
	for name, c := range map[string]struct{ text, want string }{
		"behind":               {user + written + core, user + core},
		"behind, no end":       {user + written + "[core]\n\tpager = cat", user + "[core]\n\tpager = cat"},
		"before":               {core + user + written, core + user},
		"in our section":       {user + written + "\tusername = you\n", user + header + "\n\tusername = you\n"},
		"in it and behind":     {written + "\tusername = you\n" + core, header + "\n\tusername = you\n" + core},
		"before our settings":  {strings.Replace(written, "\thelper =\n", "\tusername = you\n\thelper =\n", 1), header + "\n\tusername = you\n"},
		"a line of ours":       {user + strings.Replace(written, "= true", "= false", 1), user + header + "\n\tuseHttpPath = false\n"},
		"a helper behind ours": {written + "\thelper = store\n", header + "\n\thelper = store\n"},
		"the comment":          {user + written[strings.Index(written, "\n")+1:], user},
		"a comment of theirs":  {user + written + "\t# mine\n", user + "\t# mine\n"},
		"indented otherwise":   {user + strings.ReplaceAll(written, "\t", "  "), user},
		"unquoted":             {user + strings.ReplaceAll(strings.ReplaceAll(written, `"!`, "!"), `helper"`, "helper"), user},
		"twice":                {written + user + written, user},
		"moved behind":         {strings.Replace(written, comment, comment+andALineEnd, 1) + user, user},
		"the file has more":    {strings.Replace(written, comment, comment+andTheFile, 1) + user, user},
		"not ours":             {user + header + "\n\thelper = store\n", user + header + "\n\thelper = store\n"},
	} {
		rest, found, made := removed(c.text)
		if rest != c.want || found == (c.text == c.want) || made {
			t.Errorf("%s: %q became %q, want %q; found %v, made %v", name, c.text, rest, c.want, found, made)
		}
	}
}

func FuzzRemoved(f *testing.F) {
	f.Add("[user]\n\tname = You", "[core]\n")
	f.Add("\r\n", "\t[")
	f.Fuzz(func(t *testing.T, before, after string) {
		if _, found, _ := removed(before); found {
			return
		}
		if rest, _, _ := removed(added(before, helper, true)); rest != before {
			t.Errorf("%q became %q", before, rest)
		}
		if anyHeader.MatchString(after) && strings.HasSuffix(before, "\n") && !strings.Contains(after, "bitbucket") {
			if rest, _, _ := removed(added(before, helper, true) + after); rest != before+after {
				t.Errorf("%q and %q became %q", before, after, rest)
			}
		}
	})
}
