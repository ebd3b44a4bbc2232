package vault

import (
	"context"
	"time"

	"bbgit/auth/store"
)

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

// wait tells the person that a store takes its time, until it answers, they pass it over, or nobody is there. While
// several wait, they are told once; what they pass over is passed over for all.
func (v *Vault) wait(ctx context.Context, cancel context.CancelCauseFunc) {
	name := v.inUse()
	giveUp := func(why error) {
		v.passOver(name, why)
		cancel(why)
	}
	defer time.AfterFunc(v.options.Patience()-waitingDelay, func() { giveUp(store.ErrTimeout) }).Stop()
	behind, ok := v.toTell(ctx)
	if !ok {
		return
	}
	defer func() { <-v.telling }()
	if why := v.passedOver(name); why != nil {
		cancel(why)
		return
	}
	if behind { // what has answered the other one is about to answer this one
		select {
		case <-time.After(waitingDelay):
		case <-ctx.Done():
			return
		}
	}
	if v.options.Waiting(ctx, name) {
		giveUp(store.ErrSkipped)
	}
	<-ctx.Done()
}

// toTell waits until nobody else is telling the person something, and says whether somebody was.
func (v *Vault) toTell(ctx context.Context) (behind, ok bool) {
	select {
	case v.telling <- struct{}{}:
		return false, true
	default:
	}
	select {
	case v.telling <- struct{}{}:
		return true, true
	case <-ctx.Done():
		return true, false
	}
}
