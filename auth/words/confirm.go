package words

import "strings"

// YesNo is a question for a yes or a no, with what Enter alone means in a
// capital letter. The answer is typed behind it.
func (s Style) YesNo(question string, usual bool) string {
	choice := "[y/N]"
	if usual {
		choice = "[Y/n]"
	}
	return strings.TrimSuffix(s.fill(question+" "+choice, "", ""), "\n") + " "
}

// YesOrNo says what can be answered.
func (s Style) YesOrNo() string {
	return s.say("please type y or n, then Enter")
}
