package words

import (
	"strings"

	"bbgit/auth/bitbucket"
)

// OfferSetup is the question whether git itself may ask bbgit.
const OfferSetup = "Let RStudio, VS Code and scripts use this token too?"

// SetupOffered says what a yes would do. OfferSetup follows.
func (s Style) SetupOffered(file string) string {
	return s.say("the git that you type has its token now. RStudio, VS Code and scripts call git without bbgit. To let them use the token too, bbgit adds four lines to the end of "+
		file+". What takes them out again:") + s.Command("bbgit bitbucket setup --undo")
}

// SetupLater says what a no has not made impossible.
func (s Style) SetupLater() string {
	return s.say("nothing was changed. To do it later, type: bbgit bitbucket setup")
}

// SetupWrites shows the lines that are about to be written.
func (s Style) SetupWrites(file string, lines []string) string {
	return s.say("these go into "+file+":") + "  " + strings.Join(untabbed(lines), "\n  ") + "\n"
}

// untabbed are lines of a file as every screen shows them.
func untabbed(lines []string) (out []string) {
	for _, line := range lines {
		out = append(out, strings.ReplaceAll(line, "\t", "    "))
	}
	return out
}

// SetupFailed says that the lines were not written.
func (s Style) SetupFailed(reason string) string {
	return s.say("that did not work: " + reason + ". You can try again with: bbgit bitbucket setup")
}

// OtherIsTold says why git gets no token: a helper stands beside bbgit that git
// would hand it to. command takes that one out; "" where it is in no file.
func (s Style) OtherIsTold(helper, command string) string {
	text := "git would hand your token to the helper \"" + helper + "\" as well, which may write it into a file. So bbgit does not give it to git here"
	if command == "" {
		return s.say(text)
	}
	return s.say(text+". To use bbgit instead of that helper, type:") + s.Command(command)
}

// DialogPrompt asks for a token in the dialog of an editor. Many such programs
// take git's own prompts apart by their three words, and hide what is typed only
// behind the first: those get one of that shape, with what is wanted inside the
// address.
func DialogPrompt(likeGit, again bool) string {
	text := "API token for " + bitbucket.Host + ", made at " + bitbucket.TokenPage
	if again {
		text = "That one is refused. " + text
	}
	if !likeGit {
		return text + ": "
	}
	return "Password for 'https://" + bitbucket.Host + "/#" + strings.ReplaceAll(text, " ", "-") + "': "
}
