package cloud

import (
	"context"
	"io"
	"net"
	"net/http"
)

// serveProxy is what git's http.proxy talks to.
func (c *Cloud) serveProxy(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method != http.MethodConnect:
		// Unencrypted requests come here whole, with the host in the URL.
		r.Host = "http://" + hostOf(r.URL.Host)
		if r.Host != Plain {
			c.refuseHost(w, r, r.Host)
			return
		}
		c.serve(w, r)
	case !known(r.Host):
		c.refuseHost(w, r, hostOf(r.Host))
	default:
		c.openTunnel(w)
	}
}

// refuseHost writes the attempt down: a test may want to know that nobody
// tried to reach a host that a program should have no business with.
func (c *Cloud) refuseHost(w http.ResponseWriter, r *http.Request, host string) {
	c.note(&Request{Method: r.Method, Host: host, Status: http.StatusForbidden})
	http.Error(w, "this proxy does not know "+host, http.StatusForbidden)
}

// openTunnel gives the client's own connection to the HTTPS server. A second
// connection with two copying loops would do the same, but a connection that
// is cut would then take its time to be cut at the other end.
func (c *Cloud) openTunnel(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if _, err := io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		conn.Close()
		return
	}
	c.tunnels.offer(conn)
}

// tunnels is the net.Listener of the HTTPS server.
type tunnels struct {
	address net.Addr
	waiting chan net.Conn
	closed  context.Context
	close   context.CancelFunc
}

func newTunnels(address net.Addr) *tunnels {
	t := &tunnels{address: address, waiting: make(chan net.Conn)}
	t.closed, t.close = context.WithCancel(context.Background())
	return t
}

func (t *tunnels) offer(conn net.Conn) {
	select {
	case t.waiting <- conn:
	case <-t.closed.Done():
		conn.Close()
	}
}

func (t *tunnels) Accept() (net.Conn, error) {
	select {
	case conn := <-t.waiting:
		return conn, nil
	case <-t.closed.Done():
		return nil, net.ErrClosed
	}
}

func (t *tunnels) Close() error {
	t.close()
	return nil
}

func (t *tunnels) Addr() net.Addr { return t.address }

type connectionKey struct{}

// withConnection lets a handler reach the connection that its request came by.
// Hijack would do that for HTTP/1.1 alone.
func withConnection(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, conn)
}

// hangUp cuts the connection without a word of goodbye.
func hangUp(ctx context.Context) {
	switch conn := ctx.Value(connectionKey{}).(type) {
	case interface{ NetConn() net.Conn }:
		conn.NetConn().Close() // closing the TLS layer would send a close_notify
	case net.Conn:
		conn.Close()
	}
}
