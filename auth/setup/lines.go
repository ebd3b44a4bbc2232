package setup

import (
	"strings"

	"bbgit/auth/pattern"
)

// The comment over our lines says what they are, and in its end what else was
// done to the file, so that undoing it needs no other memory: a configuration
// travels between computers, and a copy of it might hold secrets.
const (
	comment     = "# Git asks bbgit about Bitbucket. \"bbgit bitbucket setup --undo\" takes this out"
	andTheFile  = " with the file"
	andALineEnd = " with the line end before"
)

const header = `[credential "https://bitbucket.org"]`

// Lines are what git needs to ask helper, and only helper, about Bitbucket: the
// empty value drops all helpers that were named before, which bbgit asks itself.
func Lines(helper string) []string {
	return []string{header, "\thelper =", "\thelper = " + quoted(helper), "\tuseHttpPath = true"}
}

// quoted is a value of git's configuration (git-config(1), SYNTAX).
func quoted(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

// added puts our lines at the end of a file, where they come after all helpers
// that it names. exists is false for a file that is yet to be made.
func added(text, helper string, exists bool) string {
	end := lineEnd(text)
	first := comment
	switch {
	case !exists:
		first += andTheFile
	case text != "" && !strings.HasSuffix(text, "\n"):
		text += end
		first += andALineEnd
	}
	return text + strings.Join(append([]string{first}, Lines(helper)...), end) + end
}

// lineEnd is what ends the lines of a text, which Windows' editors write in
// another way.
func lineEnd(text string) string {
	if first, _, found := strings.Cut(text, "\n"); found && strings.HasSuffix(first, "\r") {
		return "\r\n"
	}
	return "\n"
}

// Our lines as they are found again, spaces and quotes apart: git itself writes
// them in another way when a person changes one.
var (
	ourHelper = pattern.New(`^\s*(?i:helper)\s*=.* bitbucket helper"?\s*$`)
	noHelper  = pattern.New(`^\s*(?i:helper)\s*=\s*(?:"")?\s*$`)
	withPath  = pattern.New(`^\s*(?i:useHttpPath)\s*=\s*true\s*$`)
	ourHeader = pattern.New(`^\s*\[(?i:credential)\s+"https://bitbucket\.org"\]\s*$`)
	anyHeader = pattern.New(`^\s*\[`)
	noSetting = pattern.New(`^\s*(?:[#;].*)?\s*$`)
)

// removed takes our lines out of a text, wherever they stand now and however
// often. All else stays, byte for byte. made tells that the file is ours as well,
// and nothing else is in it.
func removed(text string) (rest string, found, made bool) {
	for {
		b, ok := findBlock(strings.SplitAfter(text, "\n"))
		if !ok {
			return text, found, made && text == ""
		}
		found = true
		made = made || b.did(andTheFile)
		text = b.takenOut()
	}
}

// A block is our lines among the others of a file.
type block struct {
	lines    []string
	header   int // index of the section's first line
	from, to int // lines[from:to] are our settings
	end      int // index behind the section
}

func findBlock(lines []string) (b block, found bool) {
	header := -1
	for i, line := range lines {
		switch {
		case ourHeader.MatchString(line):
			header = i
		case anyHeader.MatchString(line):
			header = -1
		case header >= 0 && ourHelper.MatchString(line):
			b = block{lines: lines, header: header, from: i, to: i + 1, end: i + 1}
			if noHelper.MatchString(lines[i-1]) {
				b.from--
			}
			if b.to < len(lines) && withPath.MatchString(lines[b.to]) {
				b.to++
			}
			for b.end < len(lines) && !anyHeader.MatchString(lines[b.end]) {
				b.end++
			}
			return b, true
		}
	}
	return block{}, false
}

func (b block) commented() bool {
	return b.header > 0 && strings.HasPrefix(b.lines[b.header-1], comment)
}

// did tells what else the comment says.
func (b block) did(what string) bool {
	return b.commented() && strings.TrimRight(b.lines[b.header-1], "\r\n") == comment+what
}

// takenOut is the text without the block. The section's first line stays where a
// person's own settings depend on it.
func (b block) takenOut() string {
	start := b.header
	if b.commented() {
		start--
	}
	before := strings.Join(b.lines[:start], "")
	rest := strings.Join(b.lines[b.header+1:b.from], "") + strings.Join(b.lines[b.to:], "")
	if b.hasMore() {
		return before + b.lines[b.header] + rest
	}
	if rest == "" && b.did(andALineEnd) {
		before = strings.TrimSuffix(before, lineEnd(b.lines[start]))
	}
	return before + rest
}

// hasMore tells that somebody else's settings stand in the section.
func (b block) hasMore() bool {
	for i := b.header + 1; i < b.end; i++ {
		if (i < b.from || i >= b.to) && !noSetting.MatchString(b.lines[i]) {
			return true
		}
	}
	return false
}
