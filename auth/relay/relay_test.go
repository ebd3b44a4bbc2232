package relay

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bbgit/auth/credential"
)

// shortDir is a private folder with a path short enough for a socket, which
// t.TempDir with a test's name in it may not be.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "relay")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func TestAskManyAtOnce(t *testing.T) {
	t.Parallel()
	server, err := Listen(shortDir(t), func(operation string, m credential.Message) credential.Message {
		return m.With("seen", operation)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			want := fmt.Sprint(i)
			got, err := Ask(t.Context(), server.Address(), "get", credential.Message{{Key: "path", Value: want}})
			if err != nil || got.Get("path") != want || got.Get("seen") != "get" {
				t.Errorf("request %d: got %v, %v", i, got, err)
			}
		})
	}
	wg.Wait()
}

func TestAskEmptyAnswerIsAnAnswer(t *testing.T) {
	t.Parallel()
	server, err := Listen(shortDir(t), func(string, credential.Message) credential.Message { return nil })
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if got, err := Ask(t.Context(), server.Address(), "get", nil); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestAskNobody(t *testing.T) {
	t.Parallel()
	_, err := Ask(t.Context(), filepath.Join(shortDir(t), "none"), "get", nil)
	if !errors.Is(err, ErrNobody) {
		t.Errorf("error %v, want %v", err, ErrNobody)
	}
}

func TestAskStopsWithItsContext(t *testing.T) {
	t.Parallel()
	asked, release := make(chan struct{}), make(chan struct{})
	server, err := Listen(shortDir(t), func(string, credential.Message) credential.Message {
		close(asked)
		<-release
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	go func() { <-asked; cancel() }()
	if _, err := Ask(ctx, server.Address(), "get", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

func TestARequestMayBeLong(t *testing.T) {
	t.Parallel()
	server, err := Listen(shortDir(t), func(_ string, m credential.Message) credential.Message {
		return credential.Message{{Key: "last", Value: m[len(m)-1].Value}}
	})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	long := credential.Message{{Key: "bbgit-env[]", Value: strings.Repeat("x", 200<<10)}, {Key: "path", Value: "you/thesis.git"}}
	if got, err := Ask(t.Context(), server.Address(), "get", long); err != nil || got.Get("last") != "you/thesis.git" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestSweep(t *testing.T) {
	t.Parallel()
	base := shortDir(t)
	folder := func(name string) string {
		dir := filepath.Join(base, prefix+name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	mine, living, dead, other, young := folder("1"), folder("2"), folder("3"), folder("4"), folder("5")
	nobody := func(string, credential.Message) credential.Message { return nil }
	for _, dir := range []string{mine, living, dead, young} {
		server, err := Listen(dir, nobody)
		if err != nil {
			t.Fatal(err)
		}
		if dir == dead || dir == young {
			leaveDoor(t, server)
		} else {
			defer server.Close()
		}
	}
	for _, dir := range []string{living, dead} {
		long := time.Now().Add(-2 * youth)
		if err := os.Chtimes(dir, long, long); err != nil {
			t.Fatal(err)
		}
	}
	Sweep(mine)
	for dir, want := range map[string]bool{mine: true, living: true, dead: false, other: true, young: true} {
		if _, err := os.Stat(dir); (err == nil) != want {
			t.Errorf("%s is there: %v", filepath.Base(dir), err == nil)
		}
	}
}
