package envconfig

import (
	"math/rand/v2"
	"os"
	"strconv"
)

// LentVariable names the run of a git that has taken our place, with a word that
// cannot be guessed and says nothing.
const LentVariable = "BBGIT_LENT"

// Lend is what a git gets that takes our place and may still need a credential:
// our helper, which finds no bbgit waiting, and the run's name. It does what
// Companion.Lend of package auth does where none of bbgit's variables is set, and
// returns false where a .netrc would have to be read for that.
func Lend(env []string) (lent []string, ok bool) {
	program, err := os.Executable()
	if err != nil {
		return nil, false
	}
	if _, err := os.Lstat(os.Getenv("HOME") + "/.netrc"); !os.IsNotExist(err) {
		return nil, false
	}
	return append(Add(env, HelperSettings(HelperCommand(program))...), LentVariable+"="+NewName()), true
}

// NewName is a name that cannot be guessed, 128 bits from a generator that the
// system seeds (math/rand/v2, ChaCha8). crypto/rand would do it as well, but
// with it come a dozen packages that are set up whenever the program starts.
func NewName() string {
	return strconv.FormatUint(rand.Uint64(), 36) + "-" + strconv.FormatUint(rand.Uint64(), 36)
}
