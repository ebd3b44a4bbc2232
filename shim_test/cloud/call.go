package cloud

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// Service is what a client wants from a repository.
type Service string

// The services.
const (
	UploadPack  Service = "upload-pack"  // fetch and clone
	ReceivePack Service = "receive-pack" // push
	LFSDownload Service = "lfs-download" // the batch call, not the transfer
	LFSUpload   Service = "lfs-upload"
	LFSLocks    Service = "lfs-locks"
	Transfer    Service = "transfer" // anything at the Storage host
)

// call is one request as the server reads it.
type call struct {
	host       string
	method     string
	path       string
	repository string // "acme/app", without .git; "" for a path that is no repository's
	rest       string // of the path: "/info/refs"
	service    Service
	batch      batch // of LFS

	signed bool // there was an Authorization
	bearer string
	user   string
	secret *Secret // nil when it is not one of Bitbucket's
	login  *Login  // nil when it is not one of this host's
	label  string  // of either, for the log
}

func (k *call) push() bool {
	return k.service == ReceivePack || k.service == LFSUpload || k.service == LFSLocks
}

func (k *call) account() string {
	if k.secret == nil {
		return ""
	}
	return k.secret.Account
}

// read takes the request apart. Of its body only a batch of LFS is read, which
// says no earlier than there whether it is a download or an upload.
func (c *Cloud) read(r *http.Request) *call {
	k := &call{host: hostOf(r.Host), method: r.Method, path: r.URL.Path}
	k.repository, k.rest = splitPath(r.URL.Path)
	switch {
	case k.host == Storage:
		k.service = Transfer
	case k.rest == "/info/refs":
		k.service = Service(strings.TrimPrefix(r.URL.Query().Get("service"), "git-"))
	case k.rest == "/git-upload-pack" || k.rest == "/git-receive-pack":
		k.service = Service(strings.TrimPrefix(k.rest, "/git-"))
	case strings.HasPrefix(k.rest, "/info/lfs/locks"):
		k.service = LFSLocks
	case k.rest == "/info/lfs/objects/batch":
		k.batch = readBatch(r)
		k.service = Service("lfs-" + k.batch.Operation)
	}
	c.identify(k, r)
	return k
}

// splitPath finds the repository in a path. Bitbucket takes it with ".git" at
// its end and without.
func splitPath(path string) (repository, rest string) {
	parts := strings.SplitN(strings.TrimPrefix(path, "/"), "/", 3)
	if len(parts) < 3 {
		return "", path
	}
	return parts[0] + "/" + strings.TrimSuffix(parts[1], ".git"), "/" + parts[2]
}

func readBatch(r *http.Request) batch {
	var b batch
	text, err := io.ReadAll(r.Body)
	if err == nil {
		json.Unmarshal(text, &b) // what is no batch asks for nothing
	}
	r.Body = io.NopCloser(bytes.NewReader(text))
	return b
}

// identify finds out who sends the request, and notices a secret in any other
// place than the one it belongs in.
func (c *Cloud) identify(k *call, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	user, password, basic := r.BasicAuth()
	k.user = user
	// Empty name and password are what git sends with http.emptyAuth.
	k.signed = r.Header.Get("Authorization") != "" && !(basic && user+password == "")
	k.bearer, _ = strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case k.signed && k.bearer == c.key:
		k.label = "storage-key"
	case k.signed && !(basic && password == ""):
		k.label = "unknown"
	}
	for _, l := range c.logins {
		if basic && l.Host == k.host && l.Name == user && l.Password == password {
			k.login, k.label = &l, l.Label
		}
	}
	for _, s := range c.secrets {
		switch {
		case basic && password == s.Value:
			k.secret, k.label = &s, s.Label
		case basic && strings.Contains(user, s.Value):
			k.user, k.label = "****", s.Label
		case mentions(r, s.Value):
			k.label = s.Label
			k.path = strings.ReplaceAll(k.path, s.Value, "****")
		}
	}
}

// mentions looks for a value where Basic authentication would not put it.
func mentions(r *http.Request, value string) bool {
	if strings.Contains(r.URL.String(), value) {
		return true
	}
	for _, lines := range r.Header {
		if strings.Contains(strings.Join(lines, "\n"), value) {
			return true
		}
	}
	return false
}
