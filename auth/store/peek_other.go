//go:build !unix || darwin

package store

import "context"

// peek: these keyrings tell nothing about themselves unless they are used.
func peek(context.Context) (State, error) { return Unclear, nil }
