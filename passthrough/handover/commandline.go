package handover

// ReadCommandLine finds git's command word behind its global options: the word
// and its index. Where there is none the word is "" and at is where git stops
// reading options, which may be len(args).
//
// It follows handle_options in git's git.c, and reads the options only as far
// as it takes to step over them.
func ReadCommandLine(args []string) (word string, at int) {
	for at < len(args) {
		arg := args[at]
		switch {
		case !begins(arg, "-"):
			return arg, at
		case standsForCommand(arg):
			return "", at
		case takesNext(arg):
			at++
		}
		at++
	}
	return "", len(args)
}

// standsForCommand reports an option at which git stops reading and answers
// by itself: it needs no command, and ignores one that follows.
func standsForCommand(option string) bool {
	switch option {
	case "-h", "--help", "-v", "--version",
		"--html-path", "--man-path", "--info-path":
		return true
	}
	// git compares no more than this prefix: --exec-path=DIR sets the path, and
	// anything else that begins so prints it.
	if begins(option, "--exec-path") {
		return !begins(option, "--exec-path=")
	}
	return begins(option, "--list-cmds=")
}

// takesNext reports an option whose value is the next argument. Most of them
// can be written as --option=VALUE as well, which is no case for this.
//
// An option that nobody here knows counts as one without a value. A git that
// does not know it either refuses the command line; a newer git that does may
// have its value taken for the command's word, which then is an unknown word.
func takesNext(option string) bool {
	switch option {
	case "-C", "-c", "--git-dir", "--work-tree", "--namespace", "--config-env",
		"--shallow-file", // undocumented, git uses it for its own children
		"--attr-source",  // since 2.41
		"--super-prefix": // until 2.39
		return true
	}
	return false
}
