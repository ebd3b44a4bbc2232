package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// patient calls what may take for ever, because it is asking the person to unlock a keyring, or hangs.
//
// The call cannot be stopped. It goes on in a goroutine, and its result is dropped when the context ends first. Calls
// take turns: go-keyring mixes up the answers to two questions at once. A call that was given up keeps its turn, and
// the next ones fail at once, so that nobody waits twice for the same question.
type patient struct {
	mu    sync.Mutex
	under *attempt // the call under way; nil for none
}

// attempt is a call under way.
type attempt struct {
	ended   chan struct{}
	givenUp chan struct{}
	why     error // it was given up
}

func newPatient() *patient { return &patient{} }

type result struct {
	text string
	err  error
}

// call waits for a turn and then for f, as long as ctx allows.
func (p *patient) call(ctx context.Context, f func() (string, error)) (string, error) {
	mine, err := p.take(ctx)
	if err != nil {
		return "", err
	}
	return p.run(ctx, mine, f)
}

// take waits for a turn.
func (p *patient) take(ctx context.Context) (*attempt, error) {
	for ctx.Err() == nil {
		mine, under := p.begin()
		if under == nil {
			return mine, nil
		}
		select {
		case <-under.ended: // whose turn is it now?
		case <-under.givenUp:
			return nil, under.why
		case <-ctx.Done():
		}
	}
	return nil, context.Cause(ctx)
}

// begin is a turn, where nobody has it, or the call of the one who has.
func (p *patient) begin() (mine, under *attempt) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.under != nil {
		return nil, p.under
	}
	p.under = &attempt{ended: make(chan struct{}), givenUp: make(chan struct{})}
	return p.under, nil
}

// end ends a turn.
func (p *patient) end(mine *attempt) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.under = nil
	close(mine.ended)
}

// run calls f in a turn that was taken.
func (p *patient) run(ctx context.Context, mine *attempt, f func() (string, error)) (string, error) {
	results := make(chan result, 1)
	go func() {
		text, err := recovered(f)
		p.end(mine)
		results <- result{text, err}
	}()
	select {
	case r := <-results:
		return r.text, r.err
	case <-ctx.Done():
		mine.why = context.Cause(ctx)
		if errors.Is(mine.why, context.Canceled) {
			// That a caller went away is no news for the next ones, but that nothing came is.
			mine.why = ErrTimeout
		}
		close(mine.givenUp)
		return "", context.Cause(ctx)
	}
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
