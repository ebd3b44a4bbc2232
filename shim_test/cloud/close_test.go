package cloud_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"bbgit/shim_test/cloud"
)

// patience bounds every wait; it is never waited out unless something is broken.
const patience = 20 * time.Second

func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("still waiting: %s", what)
		}
	}
}

func TestStall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdGood()
	w.Fail(cloud.Fault{Answer: cloud.Answers["stall"]})
	cmd := w.command("ls-remote", app)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the request that stalls", func() bool { return w.Count(cloud.Request{Secret: "token"}) == 1 })
	if n := w.Count(cloud.Request{Secret: "token", Status: 200}); n != 0 {
		t.Error("it was answered")
	}
	if err := w.Close(); err != nil { // it must not wait for the stalled one
		t.Error(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("git succeeded")
	}
}

// Close ends a git http-backend that waits for a client which says no more.
func TestCloseStopsGit(t *testing.T) {
	t.Parallel()
	needProc(t)
	bb, err := cloud.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer bb.Close()
	if err := bb.AddRepository(cloud.Repository{Workspace: "acme", Name: "open", Public: true}); err != nil {
		t.Fatal(err)
	}
	root := "GIT_PROJECT_ROOT=" + filepath.Join(filepath.Dir(bb.Authority()), "repositories")
	silence, hush := io.Pipe()
	defer hush.Close()
	gone := make(chan error)
	go func() {
		_, err := client(t, bb).Post(cloud.URL("acme/open")+"/git-upload-pack", "application/x-git-upload-pack-request", silence)
		gone <- err
	}()
	eventually(t, "git http-backend", func() bool { return running(root, "") })
	if err := bb.Close(); err != nil {
		t.Error(err)
	}
	eventually(t, "the end of git http-backend", func() bool { return !running(root, "") })
	hush.Close() // net/http tells of the broken connection only when it has sent all
	if err := <-gone; err == nil {
		t.Error("the client was answered")
	}
}

// A hook that does not return is the child of a child of a child.
func TestCloseStopsHooks(t *testing.T) {
	t.Parallel()
	needProc(t)
	w := newWorld(t)
	w.add(cloud.Repository{Workspace: "acme", Name: "app", Hooks: map[string]string{"pre-receive": "sleep 1000"}})
	w.holdGood()
	w.clone()
	w.commit("mine")
	push := w.command("-C", "work", "push")
	if err := push.Start(); err != nil {
		t.Fatal(err)
	}
	root := "GIT_PROJECT_ROOT=" + filepath.Join(filepath.Dir(w.Authority()), "repositories")
	eventually(t, "the hook", func() bool { return running(root, "sleep") })
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := push.Wait(); err == nil {
		t.Error("the push succeeded")
	}
	eventually(t, "the end of the hook", func() bool { return !running(root, "") })
}

// needProc skips where processes cannot be looked for.
func needProc(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("no /proc")
	}
}

// running looks for a process with this line in its environment, and this word
// in its arguments.
func running(line, word string) bool {
	environments, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range environments {
		text, err := os.ReadFile(path)
		arguments, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
		if err == nil && bytes.Contains(text, []byte(line+"\x00")) && bytes.Contains(arguments, []byte(word)) {
			return true
		}
	}
	return false
}

// client is one that can do what git does not.
func client(t *testing.T, bb *cloud.Cloud) *http.Client {
	t.Helper()
	text, err := os.ReadFile(bb.Authority())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	proxy, err := url.Parse(bb.ProxyURL())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{
		Proxy:           http.ProxyURL(proxy),
		TLSClientConfig: &tls.Config{RootCAs: roots},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func TestCloseTwiceAndWithoutUse(t *testing.T) {
	t.Parallel()
	bb, err := cloud.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := bb.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := http.Get(bb.ProxyURL()); err == nil {
		t.Error("the proxy still answers")
	}
}

// An open tunnel that nobody uses must not keep Close from returning.
func TestCloseEndsSilentTunnel(t *testing.T) {
	t.Parallel()
	bb, err := cloud.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(bb.ProxyURL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "CONNECT bitbucket.org:443 HTTP/1.1\r\nHost: bitbucket.org:443\r\n\r\n")
	response := bufio.NewReader(conn)
	if line, err := response.ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Fatalf("%q, %v", line, err)
	}
	if err := bb.Close(); err != nil {
		t.Error(err)
	}
	conn.SetReadDeadline(time.Now().Add(patience))
	if _, err := io.ReadAll(response); os.IsTimeout(err) {
		t.Error("the tunnel is still open")
	}
}

func TestStartInMissingFolder(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if bb, err := cloud.Start(file); err == nil {
		bb.Close()
		t.Error("it started inside a file")
	}
}
