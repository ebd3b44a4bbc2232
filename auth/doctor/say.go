package doctor

import (
	"cmp"
	"strconv"
	"strings"

	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
)

// shown is a path as it can be shown: a folder may have any name.
func shown(path string) string { return terminal.Plain(realgit.ShownPath(path)) }

// word is a path in a command to type.
func word(path string) string {
	return realgit.TypedWord(shown(path))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// list is "a, b and c".
func list(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " and " + items[last]
}

// capital begins a sentence.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func number(n int) string { return strconv.Itoa(n) }

// editor is the command that opens a file for the person: in their own editor, or
// in one that tells on its screen how to save and to leave.
func (f Facts) editor(file string) string {
	switch f.System {
	case "darwin":
		return "open -e " + word(file)
	case "windows":
		if rest, ok := strings.CutPrefix(shown(file), "~/"); ok && !strings.ContainsAny(rest, "\"`$") {
			return `notepad "$HOME/` + rest + `"` // PowerShell leaves ~ to programs
		}
		return "notepad " + word(file)
	}
	return cmp.Or(f.Editor, "nano") + " " + word(file)
}
