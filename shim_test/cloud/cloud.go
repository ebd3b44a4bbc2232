package cloud

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
)

// Cloud is one running server. Any number of them live side by side.
type Cloud struct {
	dir      string
	gitPath  string // of git-http-backend
	authPath string // of the authority's certificate
	key      string // what the storage host wants to see; it is no secret of a user's

	proxy   *http.Server
	server  *http.Server
	tunnels *tunnels
	address net.Addr
	errors  *os.File

	life    context.Context // of the server: a process of git's outlives its request, but not this
	end     context.CancelFunc
	running sync.WaitGroup // servers and requests

	mu           sync.Mutex // guards what follows
	closed       bool
	template     string
	accounts     map[string]Account
	secrets      map[string]Secret
	logins       []Login
	repositories map[string]Repository
	retired      map[Kind]Answer
	faults       []*Fault
	requests     []*Request
}

// Start makes an empty Bitbucket that keeps its files in dir, which exists.
func Start(dir string) (*Cloud, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("start cloud: %w", err)
	}
	c := &Cloud{
		dir:          dir,
		authPath:     filepath.Join(dir, "ca.pem"),
		key:          random(letters+digits, 40),
		accounts:     map[string]Account{},
		secrets:      map[string]Secret{},
		repositories: map[string]Repository{},
		retired: map[Kind]Answer{
			AppPassword:     Answers["410"],
			AccountPassword: Answers["401-account-password"],
		},
	}
	c.life, c.end = context.WithCancel(context.Background())
	if err := c.start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start cloud: %w", err), c.Close())
	}
	return c, nil
}

func (c *Cloud) start() error {
	backend, err := findBackend()
	if err != nil {
		return err
	}
	c.gitPath = backend
	for _, folder := range []string{"repositories", "storage"} {
		if err := os.MkdirAll(filepath.Join(c.dir, folder), 0o700); err != nil {
			return err
		}
	}
	identity, err := newAuthority(c.authPath)
	if err != nil {
		return err
	}
	// A file and not a buffer: git's children write into it by themselves.
	c.errors, err = os.OpenFile(filepath.Join(c.dir, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	c.address = listener.Addr()
	c.tunnels = newTunnels(c.address)
	c.proxy = c.newServer(c.serveProxy)
	c.server = c.newServer(c.serve)
	c.server.TLSConfig = identity
	c.running.Go(func() { c.proxy.Serve(listener) })
	c.running.Go(func() { c.server.ServeTLS(c.tunnels, "", "") })
	return nil
}

func (c *Cloud) newServer(handler http.HandlerFunc) *http.Server {
	return &http.Server{
		Handler:     handler,
		BaseContext: func(net.Listener) context.Context { return c.life },
		ConnContext: withConnection,
		ErrorLog:    log.New(c.errors, "", log.LstdFlags),
	}
}

// Close ends every connection and waits until the last git that the server
// started has gone. The files stay. It may be called more than once.
func (c *Cloud) Close() error {
	c.mu.Lock()
	again := c.closed
	c.closed = true
	c.mu.Unlock()
	if again {
		return nil
	}
	c.end()
	var err error
	if c.proxy != nil {
		err = errors.Join(c.proxy.Close(), c.server.Close())
	}
	c.running.Wait()
	if c.errors != nil {
		err = errors.Join(err, c.errors.Close())
	}
	return err
}

// enter counts a request in, unless the server is being closed: a WaitGroup
// must not grow from zero while somebody waits for it.
func (c *Cloud) enter() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	c.running.Add(1)
	return true
}

// ProxyURL is where git has to go instead of to the real server.
func (c *Cloud) ProxyURL() string {
	return "http://" + c.address.String()
}

// Authority is the file with the certificate that git has to trust.
func (c *Cloud) Authority() string {
	return c.authPath
}

// Environment leads git, git-lfs and curl here and nowhere else, whatever
// proxies their environment named before. Append it to theirs.
func (c *Cloud) Environment() []string {
	proxy := c.ProxyURL()
	return []string{
		// curl reads http_proxy in lower case alone and prefers lower case for
		// the others; Go programs such as git-lfs prefer upper case.
		"http_proxy=" + proxy, "HTTP_PROXY=" + proxy,
		"https_proxy=" + proxy, "HTTPS_PROXY=" + proxy,
		"no_proxy=", "NO_PROXY=",
		"GIT_SSL_CAINFO=" + c.authPath,
	}
}

// GitConfig says the same in the language of git's configuration files. There
// must be no GIT_SSL_CAINFO and no no_proxy in git's environment: they win.
func (c *Cloud) GitConfig() string {
	return fmt.Sprintf("[http]\n\tproxy = %s\n\tsslCAInfo = %q\n", c.ProxyURL(), filepath.ToSlash(c.authPath))
}
