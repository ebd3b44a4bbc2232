package stage

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// libsecretSource is where Debian's git ships the source of git's helper for the Secret Service.
const libsecretSource = "/usr/share/doc/git/contrib/credential/libsecret/git-credential-libsecret.c"

// BuildLibsecret compiles git's helper for the Secret Service into dir. It needs gcc, pkg-config and libsecret-1-dev.
func BuildLibsecret(dir string) (helper string, err error) {
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "libsecret-1", "glib-2.0").Output()
	if err != nil {
		return "", fmt.Errorf("git-credential-libsecret needs libsecret-1-dev: %w", err)
	}
	helper = filepath.Join(dir, "git-credential-libsecret")
	args := append([]string{"-o", helper, libsecretSource}, strings.Fields(string(flags))...)
	if out, err := exec.Command("gcc", args...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("gcc: %w\n%s", err, out)
	}
	return helper, nil
}
