package cloud

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
)

// batch is the question of git-lfs: where may I put these, or get them from?
// https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md
type batch struct {
	Operation string        `json:"operation"`
	Objects   []batchObject `json:"objects"`
}

type batchObject struct {
	OID           string                 `json:"oid"`
	Size          int64                  `json:"size"`
	Authenticated bool                   `json:"authenticated"`
	Actions       map[string]batchAction `json:"actions,omitempty"`
	Error         *batchError            `json:"error,omitempty"`
}

type batchAction struct {
	Href   string            `json:"href"`
	Header map[string]string `json:"header"`
}

type batchError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// answerBatch sends git-lfs to the storage host, with headers of its own: it
// then has no reason to send what it had for Bitbucket.
func (c *Cloud) answerBatch(w http.ResponseWriter, k *call) {
	answer := struct {
		Transfer string        `json:"transfer"`
		Objects  []batchObject `json:"objects"`
	}{Transfer: "basic"}
	for _, wanted := range k.batch.Objects {
		o := batchObject{OID: wanted.OID, Size: wanted.Size, Authenticated: true}
		switch {
		case k.service == LFSDownload && c.has(o.OID):
			o.Actions = c.actions(o.OID, "download")
		case k.service == LFSDownload:
			o.Error = &batchError{Code: http.StatusNotFound, Message: "Object does not exist"}
		case !c.has(o.OID):
			o.Actions = c.actions(o.OID, "upload", "verify")
		}
		answer.Objects = append(answer.Objects, o)
	}
	w.Header().Set("Content-Type", "application/vnd.git-lfs+json")
	json.NewEncoder(w).Encode(answer)
}

func (c *Cloud) actions(oid string, names ...string) map[string]batchAction {
	actions := map[string]batchAction{}
	for _, name := range names {
		actions[name] = batchAction{
			Href:   "https://" + Storage + "/" + name + "/" + oid,
			Header: map[string]string{"Authorization": "Bearer " + c.key},
		}
	}
	return actions
}

// transfer is the storage host.
func (c *Cloud) transfer(w http.ResponseWriter, r *http.Request) {
	verb, oid := path.Split(r.URL.Path)
	switch {
	case verb == "/upload/" && r.Method == http.MethodPut:
		content, err := io.ReadAll(r.Body)
		if err != nil || fmt.Sprintf("%x", sha256.Sum256(content)) != oid {
			http.Error(w, "that is not the object", http.StatusUnprocessableEntity)
			return
		}
		if _, err := c.keep(string(content)); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusOK)
	case verb == "/verify/" && c.has(oid):
		w.WriteHeader(http.StatusOK)
	case verb == "/download/" && c.has(oid):
		http.ServeFile(w, r, c.object(oid))
	default:
		http.NotFound(w, r)
	}
}

// keep puts an object into the storage and returns the pointer to it.
func (c *Cloud) keep(content string) (pointer string, err error) {
	oid := fmt.Sprintf("%x", sha256.Sum256([]byte(content)))
	pointer = fmt.Sprintf("version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n", oid, len(content))
	return pointer, os.WriteFile(c.object(oid), []byte(content), 0o600)
}

func (c *Cloud) has(oid string) bool {
	if !validOID.MatchString(oid) {
		return false
	}
	_, err := os.Stat(c.object(oid))
	return err == nil
}

// validOID keeps everything out of a path that is not the name of an object.
var validOID = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (c *Cloud) object(oid string) string { return filepath.Join(c.dir, "storage", oid) }
