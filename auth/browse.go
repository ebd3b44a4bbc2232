package auth

import (
	"errors"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/cli/browser"

	"bbgit/auth/bitbucket"
)

// ErrNoBrowser says that a page cannot be opened where the person sits.
var ErrNoBrowser = errors.New("no desktop to open a page on")

// browserStart is how long a program that opens pages may take to fail. One that
// succeeds may be the browser itself, which runs as long as the person likes.
const browserStart = 3 * time.Second

// OpenTokenPage opens the page where API tokens are made. It does not wait for
// the browser, and fails where there is no desktop or nothing to open a page with.
func OpenTokenPage() error {
	if !hasDesktop() {
		return ErrNoBrowser
	}
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	opened := make(chan error, 1)
	go func() { opened <- browser.OpenURL(bitbucket.TokenPage) }()
	select {
	case err := <-opened:
		return err
	case <-time.After(browserStart):
		return nil
	}
}

// hasDesktop tells whether a browser can be opened where the person sits.
func hasDesktop() bool {
	if os.Getenv("SSH_CONNECTION") != "" {
		return false
	}
	switch runtime.GOOS {
	case "darwin", "windows":
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}
