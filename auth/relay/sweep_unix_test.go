//go:build unix

package relay

import (
	"os"
	"path/filepath"
	"testing"

	"bbgit/auth/credential"
)

// In a folder for all, such as /tmp, somebody else may have put a link to what is not theirs.
func TestSweepFollowsNoLink(t *testing.T) {
	t.Parallel()
	base, elsewhere := shortDir(t), shortDir(t)
	mine := filepath.Join(base, prefix+"1")
	if err := os.Mkdir(mine, 0o700); err != nil {
		t.Fatal(err)
	}
	server, err := Listen(elsewhere, func(string, credential.Message) credential.Message { return nil })
	if err != nil {
		t.Fatal(err)
	}
	leaveDoor(t, server)
	link := filepath.Join(base, prefix+"2")
	if err := os.Symlink(elsewhere, link); err != nil {
		t.Fatal(err)
	}
	Sweep(mine)
	for _, path := range []string{link, elsewhere, filepath.Join(elsewhere, doorName)} {
		if _, err := os.Lstat(path); err != nil {
			t.Error(err)
		}
	}
}
