package pattern

import (
	"sync"
	"testing"
)

func TestFirstUseCompiles(t *testing.T) {
	t.Parallel()
	p := New(`^([a-z]+)/`)
	if p.compiled != nil {
		t.Error("compiled before it was used")
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if !p.MatchString("ws/repo") || p.MatchString("/repo") {
				t.Error("does not match as it should")
			}
		})
	}
	all.Wait()
	if got := p.FindStringSubmatch("ws/repo"); len(got) != 2 || got[1] != "ws" {
		t.Errorf("FindStringSubmatch = %q", got)
	}
	if got := p.FindString("ws/repo"); got != "ws/" {
		t.Errorf("FindString = %q", got)
	}
	if got := p.ReplaceAllString("ws/repo", "$1 "); got != "ws repo" {
		t.Errorf("ReplaceAllString = %q", got)
	}
}

func TestBadPatternPanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a pattern that cannot be compiled goes unnoticed")
		}
	}()
	New(`(`).MatchString("")
}
