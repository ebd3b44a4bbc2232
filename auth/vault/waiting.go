package vault

import (
	"context"
	"time"

	"bbgit/auth/store"
)

// Waiting tells the person that a store takes its time, until ctx ends. It is called once in a method that has to wait.
// passOver ends the waiting for this store, in all methods.
type Waiting func(ctx context.Context, store string, passOver func())

// DefaultPatience is how long a store may take while it asks the person something. A person needs some seconds to find
// the window and to type the password. A minute later nobody is there.
const DefaultPatience = time.Minute

// waitingDelay is how long a silent store is normal: gnome-keyring answers in 10 ms, after a cold start in 500 ms.
const waitingDelay = 2 * time.Second

// begin bounds a method in time, and lets the person know what is waited for when it takes long. How long it may take
// is asked for only then: that costs a look into git's configuration. end waits until nobody is told anything any more.
func (v *Vault) begin(ctx context.Context) (_ context.Context, end func(), err error) {
	if v.err != nil {
		return nil, nil, v.err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	told := make(chan struct{})
	notice := time.AfterFunc(waitingDelay, func() {
		defer close(told)
		v.wait(ctx, cancel)
	})
	return ctx, func() {
		cancel(nil)
		if !notice.Stop() {
			<-told
		}
	}, nil
}

// wait tells the person that a store takes its time, until it answers, they pass it over, or nobody is there. What is
// passed over is passed over for all who wait for it.
func (v *Vault) wait(ctx context.Context, cancel context.CancelCauseFunc) {
	name := v.inUse()
	v.stores.waitFor(name, cancel)
	defer time.AfterFunc(v.options.Patience()-waitingDelay, func() { v.stores.passOver(name, store.ErrTimeout) }).Stop()
	v.options.Waiting(ctx, name, func() { v.stores.passOver(name, store.ErrSkipped) })
	<-ctx.Done()
}
