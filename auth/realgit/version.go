package realgit

import (
	"context"
	"fmt"
	"strings"
)

// Version is what git calls its version: "2.39.5", "2.50.1 (Apple Git-155)".
func (g *Git) Version(ctx context.Context) (string, error) {
	output, err := g.run(ctx, localTime, nil, nil, "version")
	if err != nil {
		return "", fmt.Errorf("asking git for its version: %w", err)
	}
	return strings.TrimPrefix(strings.TrimSpace(string(output)), "git version "), nil
}
