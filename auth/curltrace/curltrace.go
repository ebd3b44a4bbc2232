// Package curltrace reads what git notes of its HTTP requests in the file that
// GIT_TRACE_CURL names (git(1)). Git's messages are translated and may be
// hidden; request and status lines are neither. It is pure.
package curltrace

import (
	"bufio"
	"bytes"
	"io"
	"net/url"
	"strconv"
	"strings"
)

// Exchange is a request and the status that answered it.
type Exchange struct {
	Host   string // as in the Host header, lower case, with a port where one was sent
	Method string
	Path   string // without the query
	// Service is "git-upload-pack" to read, "git-receive-pack" to push, "" where
	// the request does not say.
	Service string
	Signed  bool   // a credential was sent
	Status  int    // 0 where no answer was seen
	Body    string // beginning of the answer, where the trace holds data; control characters are dots
}

const (
	sent     = "=> Send header: "
	received = "<= Recv header: "
	data     = "<= Recv data: "
)

// maxBody is what is kept of an answer, in bytes. The texts of refusals are a
// few lines; whatever is longer is no such text.
const maxBody = 4 << 10

// maxLine bounds a line, in bytes. Header lines are far shorter; longer ones are
// no evidence.
const maxLine = 64 << 10

// Read returns the exchanges of a trace in the order of the requests. Lines of
// git processes that ran at the same time may be mixed: a status is given to the
// last request before it, so one of several parallel requests may wear the
// status of another, but no status is lost.
func Read(r io.Reader) []Exchange {
	var all []Exchange
	current := -1
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		line := lines.Bytes()
		if _, header, ok := bytes.Cut(line, []byte(sent)); ok {
			if e, ok := request(string(header)); ok {
				all = append(all, e)
				current = len(all) - 1
			} else if host, ok := header1(string(header), "host"); ok && current >= 0 {
				all[current].Host = strings.ToLower(host)
			} else if _, ok := header1(string(header), "authorization"); ok && current >= 0 {
				all[current].Signed = true
			}
		} else if _, row, ok := bytes.Cut(line, []byte(data)); ok && current >= 0 {
			all[current].Body += string(row[:min(len(row), maxBody-len(all[current].Body))])
		} else if _, header, ok := bytes.Cut(line, []byte(received)); ok && current >= 0 {
			if status, ok := statusLine(string(header)); ok {
				all[current].Status = status
			}
		}
	}
	return withoutTunnels(all)
}

// request reads "GET /ws/repo.git/info/refs?service=git-upload-pack HTTP/2".
func request(line string) (Exchange, bool) {
	words := strings.Fields(line)
	if len(words) != 3 || !strings.HasPrefix(words[2], "HTTP/") {
		return Exchange{}, false
	}
	target, err := url.Parse(words[1])
	if err != nil {
		return Exchange{Method: words[0]}, true
	}
	e := Exchange{Method: words[0], Path: target.Path, Service: target.Query().Get("service")}
	for _, service := range []string{"git-upload-pack", "git-receive-pack"} {
		if strings.HasSuffix(e.Path, "/"+service) {
			e.Service = service
		}
	}
	return e, true
}

// header1 returns the value of a header, if the line is that header.
func header1(line, name string) (string, bool) {
	key, value, ok := strings.Cut(line, ":")
	return strings.TrimSpace(value), ok && strings.EqualFold(key, name)
}

// statusLine reads "HTTP/2 403" or "HTTP/1.1 403 Forbidden". Informational
// answers (1xx) are no answers yet.
func statusLine(line string) (int, bool) {
	words := strings.Fields(line)
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return 0, false
	}
	status, err := strconv.Atoi(words[1])
	return status, err == nil && status >= 200
}

// withoutTunnels drops the CONNECT requests to a proxy: their "200" says nothing
// of the server behind it.
func withoutTunnels(all []Exchange) []Exchange {
	kept := all[:0]
	for _, e := range all {
		if e.Method != "CONNECT" {
			kept = append(kept, e)
		}
	}
	return kept
}
