package doctor

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"bbgit/auth/bitbucket"
)

// replacing is an edit that puts one text in the place of another, wherever it
// stands.
func replacing(old, now string) func(string) (string, error) {
	return func(text string) (string, error) {
		if !strings.Contains(text, old) {
			return "", errNothing
		}
		return strings.ReplaceAll(text, old, now), nil
	}
}

// withoutLines is an edit that takes out the lines for which out is true.
func withoutLines(out func(line string) bool) func(string) (string, error) {
	return func(text string) (string, error) {
		lines := slices.Collect(strings.Lines(text))
		kept := slices.DeleteFunc(slices.Clone(lines), out)
		if len(kept) == len(lines) {
			return "", errNothing
		}
		return strings.Join(kept, ""), nil
	}
}

// withLine is an edit that adds a line at the end.
func withLine(line string) func(string) (string, error) {
	return func(text string) (string, error) {
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		return text + line + "\n", nil
	}
}

// A difference is what one edit did to the lines of a file.
type difference struct {
	At      int      `json:"at"`               // index of the first line that changed
	Before  string   `json:"before,omitempty"` // the line above, where nothing was added that tells the place
	Removed []string `json:"removed"`          // lines with their ends
	Added   []string `json:"added"`
}

func differenceOf(before, after string) difference {
	a, b := slices.Collect(strings.Lines(before)), slices.Collect(strings.Lines(after))
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	endA, endB := len(a), len(b)
	for endA > start && endB > start && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
	}
	d := difference{At: start, Removed: slices.Clone(a[start:endA]), Added: slices.Clone(b[start:endB])}
	if start > 0 && len(d.Added) == 0 {
		d.Before = a[start-1]
	}
	return d
}

// with puts one text in the place of another in all lines that were there before.
func (d difference) with(old, now string) difference {
	d.Before = strings.ReplaceAll(d.Before, old, now)
	d.Removed = slices.Clone(d.Removed)
	for i := range d.Removed {
		d.Removed[i] = strings.ReplaceAll(d.Removed[i], old, now)
	}
	return d
}

var errChangedSince = errors.New("the file has changed there since")

// undo takes an edit back, wherever its lines are by now: other lines may have
// come and gone meanwhile.
func (d difference) undo(text string) (string, error) {
	lines := slices.Collect(strings.Lines(text))
	best := -1
	for at := 0; at+len(d.Added) <= len(lines); at++ {
		if d.fits(lines, at) && (best < 0 || distance(at, d.At) < distance(best, d.At)) {
			best = at
		}
	}
	if best < 0 {
		return "", errChangedSince
	}
	return strings.Join(slices.Concat(lines[:best], d.Removed, lines[best+len(d.Added):]), ""), nil
}

// fits tells whether the edit may have been made here. Where it has taken lines
// away only, what tells is the line above.
func (d difference) fits(lines []string, at int) bool {
	if len(d.Added) > 0 {
		return slices.Equal(lines[at:at+len(d.Added)], d.Added)
	}
	if end := at + len(d.Removed); end > at && end <= len(lines) && slices.Equal(lines[at:end], d.Removed) {
		return false // they are still there, or there again: who was killed before the edit had noted it already
	}
	if d.At == 0 {
		return at == 0
	}
	return at > 0 && lines[at-1] == d.Before
}

// holdsToken tells that a token of Bitbucket's, which may work, is in the lines that were there before.
func (d difference) holdsToken() bool {
	between := func(r rune) bool {
		return !strings.ContainsRune("_-=%.", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}
	for _, line := range append([]string{d.Before}, d.Removed...) {
		if slices.ContainsFunc(strings.FieldsFunc(line, between), func(word string) bool { return bitbucket.IsMarked(word) && isToken(word) }) {
			return true
		}
	}
	return false
}

func distance(a, b int) int { return max(a-b, b-a) }

// perLine is an edit of the lines for which it is.
func perLine(is func(line string) bool, change func(line string) string) func(string) (string, error) {
	return func(text string) (string, error) {
		var out strings.Builder
		changed := false
		for line := range strings.Lines(text) {
			if is(line) {
				line, changed = change(line), true
			}
			out.WriteString(line)
		}
		if !changed {
			return "", errNothing
		}
		return out.String(), nil
	}
}

// inURLs is an edit of git's configuration that changes the beginning of URLs. A
// line with "insteadOf" has another such beginning behind it: what people type,
// which stays.
func inURLs(old, now string) func(string) (string, error) {
	urls := func(line string) string {
		if at := strings.Index(strings.ToLower(line), "insteadof"); at >= 0 {
			return line[:at]
		}
		return line
	}
	return perLine(
		func(line string) bool { return strings.Contains(urls(line), old) },
		func(line string) string {
			url := urls(line)
			return strings.ReplaceAll(url, old, now) + line[len(url):]
		})
}
