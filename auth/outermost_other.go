//go:build !linux && !darwin && !windows

package auth

// lookAt knows nothing: then each helper is on its own.
func lookAt(int) (process, bool) { return process{}, false }
