package realgit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bbgit/auth/envconfig"
)

// GlobalFiles are the files of the person's global configuration in the order in
// which git reads them (git-config(1), FILES); write is the one that git itself
// would change. They need not exist.
func (g *Git) GlobalFiles(ctx context.Context) (files []string, write string, err error) {
	if named, set := lookEnv(g.Env, "GIT_CONFIG_GLOBAL"); set {
		if named == "" {
			return nil, "", errors.New("git has no global configuration here: GIT_CONFIG_GLOBAL is empty")
		}
		return []string{named}, named, nil
	}
	usual, err := g.expand(ctx, "~/.gitconfig")
	if err != nil {
		return nil, "", err
	}
	other := filepath.Join(filepath.Dir(usual), ".config", "git", "config")
	if folder, _ := lookEnv(g.Env, "XDG_CONFIG_HOME"); folder != "" {
		other = filepath.Join(folder, "git", "config")
	}
	if !readable(usual) && readable(other) {
		return []string{other, usual}, other, nil
	}
	return []string{other, usual}, usual, nil
}

// expand lets git tell what "~" is to it: on Windows, that has rules of its own.
func (g *Git) expand(ctx context.Context, path string) (string, error) {
	output, err := g.run(ctx, localTime, nil, []envconfig.Setting{envconfig.Set("bbgit.path", path)}, "config", "--type=path", "--get", "bbgit.path")
	if err != nil {
		return "", fmt.Errorf("looking for git's global configuration: %w", err)
	}
	return filepath.FromSlash(strings.TrimRight(string(output), "\r\n")), nil
}

func readable(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	return true
}

// lookEnv finds a variable in an environment, where the last one counts.
func lookEnv(env []string, name string) (value string, set bool) {
	for _, v := range env {
		if text, ok := strings.CutPrefix(v, name+"="); ok {
			value, set = text, true
		}
	}
	return value, set
}
