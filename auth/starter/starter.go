// Package starter notices that the git that started a helper has gone: killed,
// as a rule. Nobody waits for the helper's answer then, and a question that it
// still asks would be in the way of the shell.
package starter

import (
	"context"
	"time"
)

// poll is how often a helper looks where the system announces nothing. A person
// who has just stopped git should not find the question still open.
const poll = 500 * time.Millisecond

// Watch calls gone, once or more, when nobody can read our standard output any
// more, or the process that started us has ended. The second is for "store" and
// "erase", to which git does not listen. It watches until ctx ends.
func Watch(ctx context.Context, gone func()) {
	watchReader(ctx, gone)
	watchParent(ctx, gone)
}

// ask asks again and again whether something has gone, until it has.
func ask(ctx context.Context, hasGone func() bool, gone func()) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for !hasGone() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
	gone()
}
