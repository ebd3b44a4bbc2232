package stage

import (
	"fmt"
	"path/filepath"
	"strings"
)

// OldClone makes ~/NAME, a clone of OWNER/NAME at https://OWNER@bitbucket.org with one commit to push. It copies the
// bare repository and asks no server: nothing of it is in a log, or in a cache of credentials.
func (w *World) OldClone(bare, repository string) (folder string, err error) {
	owner, name, _ := strings.Cut(repository, "/")
	folder = filepath.Join(w.Home, name)
	for _, args := range [][]string{
		{"clone", "-q", bare, folder},
		{"-C", folder, "remote", "set-url", "origin", "https://" + owner + "@bitbucket.org/" + repository + ".git"},
		{"-C", folder, "commit", "-q", "--allow-empty", "-m", "One more chapter"},
	} {
		if out, err := w.Command("git", args...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("git %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	return folder, nil
}
