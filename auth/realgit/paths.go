package realgit

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// PathOf is where git has one of its own files, such as "hooks/pre-push", which
// core.hooksPath moves (git-rev-parse(1), --git-path).
func (g *Git) PathOf(ctx context.Context, name string) (string, error) {
	return g.path(ctx, "--git-path", name)
}

// Repository is the folder of the repository itself, ".git" as a rule. Of a
// working tree that shares it with others, it is the shared one.
func (g *Git) Repository(ctx context.Context) (string, error) {
	return g.path(ctx, "--git-common-dir")
}

// Top is the top folder of the working tree.
func (g *Git) Top(ctx context.Context) (string, error) {
	return g.path(ctx, "--show-toplevel")
}

func (g *Git) path(ctx context.Context, args ...string) (string, error) {
	quiet := *g
	quiet.Stderr = nil
	output, err := quiet.run(ctx, localTime, nil, nil, append([]string{"rev-parse", "--path-format=absolute"}, args...)...)
	if err != nil {
		return "", fmt.Errorf("looking for git's files: %w", err)
	}
	return filepath.FromSlash(strings.TrimRight(string(output), "\r\n")), nil
}
