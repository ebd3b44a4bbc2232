package doctor

import (
	"slices"
	"strings"

	"bbgit/auth/terminal"
	"bbgit/auth/words"
)

// Report is what the findings look like to a person. Each begins with its state,
// so that it can be heard as well as seen.
func Report(style words.Style, findings []Finding) string {
	var out strings.Builder
	for _, f := range findings {
		out.WriteString(style.Hanging(f.State.String()+": ", f.What, "  "))
		for _, command := range f.Commands {
			out.WriteString(style.CommandUnder(command))
		}
	}
	return out.String()
}

// Summary is the last word: how much is not well, and the command that mends it.
func Summary(style words.Style, findings []Finding, mends string) string {
	wanting, mendable := 0, len(Plan(findings))
	for _, f := range findings {
		if f.State == Attention {
			wanting++
		}
	}
	switch {
	case wanting == 0:
		return style.Paragraph("All is well.")
	case mendable == 0:
		return style.Paragraph(counted(wanting, "thing") + wants(wanting) + " attention. What to do is said above; bbgit cannot do it by itself.")
	}
	return style.Paragraph(counted(wanting, "thing")+wants(wanting)+" attention. This shows what bbgit can mend by itself, and does it after your yes; each change can be undone:") +
		style.Command(mends)
}

func wants(n int) string {
	if n == 1 {
		return " wants"
	}
	return " want"
}

// ShownPlan is what --fix is about to do.
func ShownPlan(style words.Style, plan []*Fix) string {
	var out strings.Builder
	out.WriteString(style.Paragraph("This can be mended now:"))
	for i, fix := range plan {
		out.WriteString(style.Hanging("  "+number(i+1)+". ", fix.What, "     "))
	}
	return out.String()
}

// WhereUndoIs tells where that is kept which undoes a plan, and what is in it.
func WhereUndoIs(style words.Style, plan []*Fix, folder string) string {
	text := "What undoes it is kept in " + shown(folder) + ", which only you can read"
	if slices.ContainsFunc(plan, func(f *Fix) bool { return f.File != "" && f.secret }) {
		text += "; the dead passwords are in there, too, until you remove it"
	}
	return style.Paragraph(text + ".")
}

// Mended tells that a change was made, and what undoes it.
func Mended(style words.Style, fix *Fix, name string) string {
	return style.Hanging("done: ", fix.What+". To undo it:", "  ") + style.CommandUnder(undo+name)
}

const undo = "bbgit bitbucket doctor --undo "

// NotMended tells why a change was not made.
func NotMended(style words.Style, fix *Fix, why error) string {
	return style.Hanging("attention: ", "it was not possible to "+fix.What+": "+terminal.Plain(why.Error())+".", "  ")
}

// LeftToPerson are the findings that want attention and that no change mends.
func LeftToPerson(findings []Finding) (left []Finding) {
	for _, f := range findings {
		if f.State == Attention && f.Fix == nil {
			left = append(left, f)
		}
	}
	return left
}
