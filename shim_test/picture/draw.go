package main

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// Sizes in units of the picture. An em of a monospaced letter is 0.6 wide in nearly every font.
const (
	size   = 14
	letter = 0.6 * size
	line   = 20
	margin = 20
	most   = 80 // columns
)

// draw makes a picture of a screen: text that can be selected and read out, in the colours of the reader's choice.
// What the person has typed is bold.
func draw(title, about, screen string) []byte {
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	width, height := int(most*letter)+2*margin, len(lines)*line+2*margin
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="title about">
<title id="title">%s</title>
<desc id="about">%s</desc>
<style>
rect { fill: #ffffff; stroke: #d0d7de; }
text { fill: #1f2328; font: %dpx ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; white-space: pre; }
.typed { font-weight: bold; }
@media (prefers-color-scheme: dark) {
rect { fill: #0d1117; stroke: #30363d; }
text { fill: #e6edf3; }
}
</style>
<rect x="0.5" y="0.5" width="%d" height="%d" rx="8"/>
`, width, height, width, height, html.EscapeString(title), html.EscapeString(about), size, width-1, height-1)
	for i, text := range lines {
		if text == "" {
			continue
		}
		class := ""
		if strings.HasPrefix(text, prompt) {
			class = ` class="typed"`
		}
		// A font that is wider or narrower than most is fitted, so that the columns stay where they are.
		fmt.Fprintf(&out, `<text x="%d" y="%d"%s textLength="%.1f" xml:space="preserve">%s</text>`+"\n",
			margin, margin+i*line+size, class, float64(utf8.RuneCountInString(text))*letter, html.EscapeString(text))
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}
