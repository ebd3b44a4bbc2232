package handover

// What this package says to a person, in errors. A path is at the end of its line,
// since nobody knows its length; the rest keeps to 80 columns.
const (
	noGit         = "no git in PATH; install git, or set BBGIT_GIT to its absolute path" + noBatch
	namedRelative = "BBGIT_GIT must be an absolute path, and is "
	namedMissing  = "BBGIT_GIT names a file that cannot be run: "
	namedSelf     = "BBGIT_GIT must name the real git, and names bbgit: "
	endless       = "bbgit and another program call each other for ever; stopped at\n"
	endlessAdvice = "\nset BBGIT_GIT to the absolute path of the real git"
)
