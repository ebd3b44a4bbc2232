//go:build unix

package auth

import "golang.org/x/sys/unix"

// watchReader calls gone when nobody can read our standard output any more: the
// git that started this helper has ended, and a question would have no use. To
// watch the parent's process number is not enough, since sh may stand between.
func watchReader(gone func()) {
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
