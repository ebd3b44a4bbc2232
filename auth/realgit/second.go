package realgit

import (
	"os"
	"path/filepath"
	"strings"

	"bbgit/auth/bitbucket"
)

// A push is refused with the first request or with the second, and git shows
// what the server says only of the first. To see the second one's text it is
// sent once more, but with nothing in it: a push that updates no ref, from an
// empty repository, of which there is nothing to give. Git sends one at all
// because the repository is shallow: a server has to be told the place where
// its history is cut off (gitprotocol-pack(5), "Pushing Data To a Server"), and
// does nothing with it where no ref follows.

// pushNothing is a refspec that matches no ref of an empty repository. The
// helper wants one, and an empty one would mean the matching branches.
const pushNothing = "push refs/bbgit/none/*:refs/bbgit/none/*\n"

func (c Check) pushesNothing() bool { return c.Second && c.Need == bitbucket.Write }

// emptyRepository makes such a repository. "git init" would take a process and
// the person's templates.
func emptyRepository(folder string) (string, error) {
	for _, name := range []string{"objects", "refs"} {
		if err := os.MkdirAll(filepath.Join(folder, name), 0o700); err != nil {
			return "", err
		}
	}
	for name, text := range map[string]string{
		"HEAD":    "ref: refs/heads/none\n",
		"shallow": strings.Repeat("b", 40) + "\n", // no commit has to be there
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			return "", err
		}
	}
	return folder, nil
}
