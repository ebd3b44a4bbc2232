package command

import (
	"fmt"
	"os"

	"bbgit/auth/terminal"
)

// obey does what git's options before the word mean (git(1), OPTIONS). Only -C
// has a meaning here; others are refused, unless they change nothing for a
// person: what is typed out of habit is to work, or to say that it does not.
func obey(options []string) error {
	for len(options) > 0 {
		option := options[0]
		options = options[1:]
		switch option {
		case "-C":
			if folder := options[0]; folder != "" { // "" is no change for git
				if err := os.Chdir(folder); err != nil {
					return usageError{fmt.Errorf("-C wants a folder: %s", terminal.Plain(err.Error()))}
				}
			}
			options = options[1:]
		case "-p", "--paginate", "-P", "--no-pager", "--no-optional-locks", "--no-advice", "--no-lazy-fetch":
		default:
			return usageError{fmt.Errorf("%s does not go before %q; stand in the clone that is meant, or name its folder with -C", terminal.Plain(option), Word)}
		}
	}
	return nil
}
