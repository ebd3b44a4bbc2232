//go:build unix

package relay

import (
	"context"
	"net"
	"os"
	"syscall"
)

// errDead: the socket's file is there, and nobody listens any more.
const errDead = syscall.ECONNREFUSED

// isOwn tells that a folder is this person's, and no link to one.
func isOwn(dir string) bool {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() {
		return false
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Getuid()
}

func open(address string) (net.Listener, error) { return net.Listen("unix", address) }

func dial(ctx context.Context, address string) (net.Conn, error) {
	return (&net.Dialer{}).DialContext(ctx, "unix", address)
}
