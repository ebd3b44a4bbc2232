package words

import (
	"strings"
	"unicode/utf8"
)

// usual is the width that texts for a file or a pipe get. Wider terminals get
// it as well: longer lines are harder to read.
const usual = 80

// narrow is the least width that is obeyed: below it, words would not fit.
const narrow = 24

// Style is how a text is laid out for one reader.
type Style struct {
	Width int                     // columns; 0 for the usual 80
	Link  func(url string) string // makes a URL clickable; nil to leave it as it is
}

// Say is a message of one paragraph, in bbgit's name.
func (s Style) Say(text string) string { return s.say(text) }

// Paragraph is text in lines that fit.
func (s Style) Paragraph(text string) string { return s.fill(text, "", "") }

// Item is one point of a list.
func (s Style) Item(text string) string { return s.fill(text, "  - ", "    ") }

// Command is a line to type, on a line of its own.
func (s Style) Command(line string) string { return s.command(line) }

// Under is text that belongs to the line above it.
func (s Style) Under(text string) string { return s.fill(text, "      ", "      ") }

// Hanging is text behind a first word or number, whose other lines stand further
// in.
func (s Style) Hanging(first, text, rest string) string { return s.fill(text, first, rest) }

// CommandUnder is a line to type that belongs to hanging text.
func (s Style) CommandUnder(line string) string {
	return s.lay(shellWords(line), "    ", "      ", " \\")
}

// Table puts cells into columns under their titles, which are written in capital
// letters. Where the reader has not enough columns for that, it is a list: each
// row a few lines that begin with the title, "Account: you". Titles read well in
// both if they begin with a capital letter and go on in small ones. Cells hold no
// line ends; a row may have fewer cells than there are titles, and an empty cell
// has no line in a list.
func (s Style) Table(titles []string, rows [][]string) string {
	head := make([]string, len(titles))
	for i, title := range titles {
		head[i] = strings.ToUpper(title)
	}
	lines := inColumns(append([][]string{head}, rows...))
	for _, line := range lines {
		if columns(line) > s.Columns() {
			return s.list(titles, rows)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// Pairs puts each text behind its name. Where the reader has not enough columns,
// for the texts or for a word of them that stays whole, they stand below.
func (s Style) Pairs(pairs [][2]string) string { return s.pairs(pairs, s.inset) }

// Examples are Pairs whose names are lines to type.
func (s Style) Examples(pairs [][2]string) string { return s.pairs(pairs, s.command) }

func (s Style) inset(text string) string { return s.fill(text, "  ", "  ") }

func (s Style) pairs(pairs [][2]string, alone func(name string) string) string {
	longest, least := 0, narrow
	for _, pair := range pairs {
		longest = max(longest, columns(pair[0]))
		for word := range strings.FieldsSeq(pair[1]) {
			least = max(least, columns(word))
		}
	}
	const gap = 3
	var out strings.Builder
	for _, pair := range pairs {
		if 2+longest+gap+least > s.Columns() {
			out.WriteString(alone(pair[0]))
			if pair[1] != "" {
				out.WriteString(s.Under(pair[1]))
			}
			continue
		}
		first := "  " + pair[0] + strings.Repeat(" ", longest-columns(pair[0])+gap)
		out.WriteString(strings.TrimRight(s.fill(pair[1], first, strings.Repeat(" ", columns(first))), " \n") + "\n")
	}
	return out.String()
}

// inColumns are rows with each column as wide as its widest cell.
func inColumns(rows [][]string) []string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columns(cell))
		}
	}
	lines := make([]string, len(rows))
	for n, row := range rows {
		for i, cell := range row {
			lines[n] += cell + strings.Repeat(" ", widths[i]-columns(cell)+2)
		}
		lines[n] = strings.TrimRight(lines[n], " ")
	}
	return lines
}

// list are the rows of a table that is too wide, an empty line between them.
func (s Style) list(titles []string, rows [][]string) string {
	var out strings.Builder
	for n, row := range rows {
		if n > 0 {
			out.WriteString("\n")
		}
		for i, cell := range row[:min(len(row), len(titles))] {
			if cell != "" {
				out.WriteString(s.fill(titles[i]+": "+cell, "", "  "))
			}
		}
	}
	return out.String()
}

// say is a message of one paragraph.
func (s Style) say(text string) string { return s.fill("bbgit: "+text, "", "") }

// Columns is how many of the reader's columns a text may take.
func (s Style) Columns() int {
	if s.Width <= 0 {
		return usual
	}
	return max(min(s.Width, usual), narrow)
}

// fill breaks text into lines at its spaces. A word that is too long, such as a
// path, gets a line of its own and stays whole.
func (s Style) fill(text, first, rest string) string {
	return s.lay(strings.Fields(text), first, rest, "")
}

// lay puts words into lines. All lines but the last get an end.
func (s Style) lay(words []string, first, rest, end string) string {
	var out strings.Builder
	line := first
	empty := true
	for _, word := range words {
		if !empty && columns(line)+1+columns(word)+columns(end) > s.Columns() {
			out.WriteString(line + end + "\n")
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line += word
		empty = false
	}
	out.WriteString(line + "\n")
	return out.String()
}

// command is a line to type. Where it must be broken, it can still be copied: a
// shell goes on behind a backslash, though not inside quotes.
func (s Style) command(line string) string {
	return s.lay(shellWords(line), "  ", "    ", " \\")
}

// shellWords are the words of a line, as they stand there: a quoted one is whole,
// and keeps its quotes.
func shellWords(line string) []string {
	var words []string
	var open rune
	word := ""
	for _, r := range line {
		switch {
		case open == 0 && r == ' ':
			if word != "" {
				words = append(words, word)
			}
			word = ""
			continue
		case open == 0 && (r == '\'' || r == '"'):
			open = r
		case r == open:
			open = 0
		}
		word += string(r)
	}
	if word == "" {
		return words
	}
	return append(words, word)
}

func columns(s string) int { return utf8.RuneCountInString(s) }

func (s Style) link(url string) string {
	if s.Link == nil {
		return url
	}
	return s.Link(url)
}
