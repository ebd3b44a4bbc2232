//go:build unix

package relay

import (
	"context"
	"net"
	"syscall"
)

// errDead: the socket's file is there, and nobody listens any more.
const errDead = syscall.ECONNREFUSED

func open(address string) (net.Listener, error) { return net.Listen("unix", address) }

func dial(ctx context.Context, address string) (net.Conn, error) {
	return (&net.Dialer{}).DialContext(ctx, "unix", address)
}
