package store

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
)

// patient calls what may take for ever, because it is asking the person to unlock a keyring, or hangs.
//
// The call cannot be stopped. It goes on in a goroutine, and its result is dropped when the context ends first. Calls
// take turns: go-keyring mixes up the answers to two questions at once. A call that was given up keeps its turn, and
// the next ones fail at once, so that nobody waits twice for the same question.
type patient struct {
	turn    chan struct{}
	current atomic.Pointer[attempt]
}

// attempt is a call under way.
type attempt struct {
	givenUp atomic.Pointer[error]
}

func newPatient() *patient { return &patient{turn: make(chan struct{}, 1)} }

type result struct {
	text string
	err  error
}

func (p *patient) call(ctx context.Context, f func() (string, error)) (string, error) {
	if under := p.current.Load(); under != nil {
		if why := under.givenUp.Load(); why != nil {
			return "", *why
		}
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	mine := &attempt{}
	p.current.Store(mine)
	results := make(chan result, 1)
	go func() {
		text, err := recovered(f)
		p.current.Store(nil)
		<-p.turn
		results <- result{text, err}
	}()
	select {
	case r := <-results:
		return r.text, r.err
	case <-ctx.Done():
		why := context.Cause(ctx)
		p.giveUp(mine, why)
		return "", why
	}
}

// giveUp says what the next calls are told. That a caller went away is no news for them, but that nothing came is.
func (p *patient) giveUp(a *attempt, why error) {
	if errors.Is(why, context.Canceled) {
		why = ErrTimeout
	}
	a.givenUp.Store(&why)
}

// recovered turns a panic into an error: go-keyring has several on answers it does not expect, one of them when the
// bus goes away while the person is being asked.
func recovered(f func() (string, error)) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			text, err = "", fmt.Errorf("%w: it gave an answer that cannot be understood", ErrNoKeyring)
		}
	}()
	return f()
}
