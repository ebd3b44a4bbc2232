package vault

import (
	"context"
	"fmt"
	"sync/atomic"
)

// patient calls a keyring that may take for ever, because it is asking the person to unlock it, or hangs.
//
// The call cannot be stopped. It goes on in a goroutine, and its result is dropped when the context ends first. Calls
// take turns: go-keyring mixes up the answers to two questions at once. A call that was given up keeps its turn, and
// the next ones fail at once, so that nobody waits twice for the same question.
type patient struct {
	keyring Keyring
	turn    chan struct{}
	current atomic.Pointer[attempt]
}

// attempt is a call under way.
type attempt struct {
	givenUp atomic.Bool
}

func newPatient(k Keyring) *patient {
	return &patient{keyring: k, turn: make(chan struct{}, 1)}
}

func (p *patient) get(ctx context.Context, name string) (string, error) {
	return p.call(ctx, func() (string, error) { return p.keyring.Get(Service, name) })
}

func (p *patient) set(ctx context.Context, name, text string) error {
	_, err := p.call(ctx, func() (string, error) { return "", p.keyring.Set(Service, name, text) })
	return err
}

func (p *patient) delete(ctx context.Context, name string) error {
	_, err := p.call(ctx, func() (string, error) { return "", p.keyring.Delete(Service, name) })
	return err
}

func (p *patient) deleteAll(ctx context.Context) error {
	_, err := p.call(ctx, func() (string, error) { return "", p.keyring.DeleteAll(Service) })
	return err
}

type result struct {
	text string
	err  error
}

func (p *patient) call(ctx context.Context, f func() (string, error)) (string, error) {
	if under := p.current.Load(); under != nil && under.givenUp.Load() {
		return "", ErrTimeout
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
		mine.givenUp.Store(true)
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
