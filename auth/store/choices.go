package store

import "context"

// Choices are the stores that work on this machine besides the keyring and a helper of the person's, the safest first:
// encrypted, in memory only, and in plain text.
func Choices(ctx context.Context, t Tools) []string {
	var list []string
	if passReady() {
		list = append(list, Pass)
	}
	if t.Git().CanRun(ctx, cacheHelper) {
		list = append(list, Cache)
	}
	return append(list, File)
}
