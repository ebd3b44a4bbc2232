package envconfig

import (
	"os"
	"slices"
	"strconv"
	"time"
)

// LentVariable names the run of a git that has taken our place.
const LentVariable = "BBGIT_LENT"

// Lend is what a git gets that takes the place of program, which is this one, and
// may still need a credential: our helper, which finds no bbgit waiting, and the
// run's name. It does what Companion.Lend of package auth does where none of bbgit's
// variables is set, and returns false where the person has settings in the
// environment, or a .netrc: then more has to be known.
//
// This is in front of nearly every command. So what Add would say is written out,
// as strings that need not be made, and the name is none out of a generator of
// random numbers, whose first is as dear as all of this.
func Lend(env []string, program string) (lent []string, ok bool) {
	if slices.ContainsFunc(env, isOurs) {
		return nil, false
	}
	if _, err := os.Stat(os.Getenv("HOME") + "/.netrc"); !os.IsNotExist(err) {
		return nil, false
	}
	const room = 10 // for these, and what the caller adds
	return append(append(make([]string, 0, len(env)+room), env...),
		countVariable+"=3",
		keyVariable+"0="+HelperKey, valueVariable+"0=",
		keyVariable+"1="+HelperKey, valueVariable+"1="+HelperCommand(program),
		keyVariable+"2="+UseHTTPKey, valueVariable+"2=true",
		LentVariable+"="+NewRun(),
	), true
}

// NewRun is a name for this run that no other run has: the process that git takes
// over, and the time.
func NewRun() string {
	return strconv.Itoa(os.Getpid()) + "-" + strconv.FormatInt(time.Now().UnixNano(), 10)
}
