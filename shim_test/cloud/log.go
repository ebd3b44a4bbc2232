package cloud

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Request is a line of the log.
type Request struct {
	Method  string
	Host    string // "bitbucket.org"; with the port when it is not 443
	Path    string
	Service Service
	User    string // the user name that git sent
	Secret  string // the label of what it sent; "unknown"; "" when it sent nothing
	Status  int    // 0 while there is no answer, or when the connection was cut
	Proto   string // "HTTP/2.0"
}

// String is the request on one line of six fields, "-" for an empty one:
//
//	POST bitbucket.org/acme/app.git/git-receive-pack receive-pack you old 410
func (r Request) String() string {
	status := ""
	if r.Status != 0 {
		status = fmt.Sprint(r.Status)
	}
	return strings.Join([]string{
		r.Method, r.Host + r.Path, orDash(string(r.Service)),
		orDash(url.PathEscape(r.User)), orDash(url.PathEscape(r.Secret)), orDash(status),
	}, " ")
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// Count says how many requests had all that wanted has. Its empty fields do
// not matter: Count(Request{Status: 410}) counts the answers 410.
func (c *Cloud) Count(wanted Request) int {
	n := 0
	for _, r := range c.Requests() {
		if r.has(wanted) {
			n++
		}
	}
	return n
}

func (r Request) has(wanted Request) bool {
	return same(wanted.Method, r.Method) && same(wanted.Host, r.Host) && same(wanted.Path, r.Path) &&
		same(wanted.Service, r.Service) && same(wanted.User, r.User) && same(wanted.Secret, r.Secret) &&
		same(wanted.Status, r.Status) && same(wanted.Proto, r.Proto)
}

func same[T comparable](wanted, got T) bool {
	var whatever T
	return wanted == whatever || wanted == got
}

// Leaks returns the requests that took a secret of Bitbucket's to another host.
func (c *Cloud) Leaks() []Request {
	var leaks []Request
	for _, r := range c.Requests() {
		c.mu.Lock()
		_, ours := c.secrets[r.Secret]
		c.mu.Unlock()
		if ours && r.Host != Home {
			leaks = append(leaks, r)
		}
	}
	return leaks
}

// Requests returns all that was asked so far, in the order of arrival.
func (c *Cloud) Requests() []Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]Request, len(c.requests))
	for i, r := range c.requests {
		all[i] = *r
	}
	return all
}

// Log is the same as text, one line a request. Requests of gits that run at the
// same time come in no certain order.
func (c *Cloud) Log() string {
	var text strings.Builder
	for _, r := range c.Requests() {
		fmt.Fprintln(&text, r)
	}
	return text.String()
}

// ForgetRequests empties the log.
func (c *Cloud) ForgetRequests() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = nil
}

func (c *Cloud) note(r *Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = append(c.requests, r)
}

// watch writes the call down when it comes, and its status before the client
// can see it: whoever waits for git finds the log complete.
func (c *Cloud) watch(w http.ResponseWriter, r *http.Request, k *call) http.ResponseWriter {
	line := &Request{
		Method: k.method, Host: k.host, Path: k.path, Service: k.service,
		User: k.user, Secret: k.label, Proto: r.Proto,
	}
	c.note(line)
	return &watched{ResponseWriter: w, note: func(status int) {
		c.mu.Lock()
		defer c.mu.Unlock()
		line.Status = status
	}}
}

// watched is a ResponseWriter that tells its status.
type watched struct {
	http.ResponseWriter
	note func(status int)
	told bool
}

func (w *watched) WriteHeader(status int) {
	if !w.told {
		w.told = true
		w.note(status)
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(text []byte) (int, error) {
	if !w.told {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(text)
}

// Unwrap lets http.ResponseController flush.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
