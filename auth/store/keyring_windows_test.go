package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
	"golang.org/x/sys/windows"
)

// TestCredentialManager does it all with Windows' own store of credentials.
func TestCredentialManager(t *testing.T) {
	s, ctx := newSystem(), t.Context()
	if err := s.DeleteAll(ctx, nil); err != nil {
		t.Fatalf("forgetting all of nothing: %v", err)
	}
	const other = "git: bitbucket.org"
	if err := keyring.Set(other, "you", "theirs"); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{
		"you":            "throw-away",
		"(no user name)": strings.Repeat("x", 2560),
		"team/app":       `{"token":"'\"\\ ^%PATH% ü日本🎉"}`,
	}
	for name, text := range texts {
		if _, err := s.Get(ctx, name); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s, before: %v", name, err)
		}
		for _, text := range []string{"old", text} {
			if err := s.Set(ctx, name, text); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	for name, text := range texts {
		if got, err := s.Get(ctx, name); err != nil || got != text {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
	if err := s.Set(ctx, "you", strings.Repeat("x", 2561)); !errors.Is(err, ErrTooBig) {
		t.Errorf("2561 bytes: %v", err)
	}
	if got, err := s.Get(ctx, "you"); err != nil || got != texts["you"] {
		t.Errorf("after that: %q, %v", got, err)
	}
	if err := s.Delete(ctx, "you"); err != nil {
		t.Error(err)
	}
	if err := s.Delete(ctx, "you"); !errors.Is(err, ErrNotFound) {
		t.Errorf("forgetting twice: %v", err)
	}
	if err := s.DeleteAll(ctx, nil); err != nil {
		t.Error(err)
	}
	for name := range texts {
		if _, err := s.Get(ctx, name); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s, after: %v", name, err)
		}
	}
	if kept, err := keyring.Get(other, "you"); err != nil || kept != "theirs" {
		t.Errorf("somebody else's is gone: %v", err)
	}
	if err := keyring.Delete(other, "you"); err != nil {
		t.Error(err)
	}
}

// TestErrorsOfWindows are those that Wine's store never has.
func TestErrorsOfWindows(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]error{
		windows.ERROR_NO_SUCH_LOGON_SESSION:                      ErrNoSession,
		fmt.Errorf("x: %w", windows.ERROR_NO_SUCH_LOGON_SESSION): ErrNoSession,
		windows.ERROR_NOT_FOUND:                                  ErrNotFound,
		windows.ERROR_ACCESS_DENIED:                              ErrNoKeyring,
	} {
		if got := explain(err); !errors.Is(got, want) {
			t.Errorf("%v became %v, want %v", err, got, want)
		}
	}
}
