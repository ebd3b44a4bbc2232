//go:build unix

package starter

import (
	"context"
	"os"

	"golang.org/x/sys/unix"
)

// watchReader: to watch the parent alone is not enough, since sh may stand
// between git and us.
func watchReader(_ context.Context, gone func()) {
	go func() {
		fds := []unix.PollFd{{Fd: 1}}
		for {
			// Without a wanted event, poll waits for the other end to close.
			n, err := unix.Poll(fds, -1)
			if err == unix.EINTR {
				continue
			}
			if err == nil && n > 0 && fds[0].Revents&(unix.POLLERR|unix.POLLHUP) != 0 {
				gone()
			}
			return
		}
	}()
}

// watchParent: an orphan gets another parent.
func watchParent(ctx context.Context, gone func()) {
	parent := os.Getppid()
	go ask(ctx, func() bool { return os.Getppid() != parent }, gone)
}
