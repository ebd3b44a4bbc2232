package cloud

import (
	"bytes"
	"fmt"
	"log"
	"net/http"
	"net/http/cgi"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// runBackend lets git itself answer.
func (c *Cloud) runBackend(w http.ResponseWriter, r *http.Request, k *call) {
	r = r.Clone(r.Context())
	r.URL.Path = "/" + k.repository + ".git" + k.rest
	// CGI puts headers into the environment of a process, where a secret has
	// no business; git http-backend does not read this one.
	r.Header.Del("Authorization")
	// net/http/cgi refuses chunks, which is how git sends a large pack by
	// HTTP/1.1. By now they have been put together again.
	r.TransferEncoding = nil
	(&cgi.Handler{
		Path:   c.gitPath,
		Dir:    c.dir,
		Stderr: c.errors,
		Logger: log.New(c.errors, "", log.LstdFlags),
		Env: append(isolated(),
			"GIT_PROJECT_ROOT="+filepath.Join(c.dir, "repositories"),
			"GIT_HTTP_EXPORT_ALL=1",
			"GIT_PROTOCOL="+r.Header.Get("Git-Protocol"),
			"REMOTE_USER="+k.account(),
		),
	}).ServeHTTP(w, r)
}

// findBackend names the program itself: `git http-backend` would be one more
// process, and stopping that would leave the other one.
func findBackend() (string, error) {
	out, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		return "", fmt.Errorf("find git http-backend: %w", err)
	}
	return exec.LookPath(filepath.Join(strings.TrimSpace(string(out)), "git-http-backend"))
}

// isolated is the part of git's environment that keeps the person's own
// configuration out of the server.
func isolated() []string {
	return []string{"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "LC_ALL=C"}
}

// git runs a command of the server's own and returns what it printed.
func git(stdin string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Env = append(foreign(os.Environ()), isolated()...)
	cmd.Stdin = strings.NewReader(stdin)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", strings.Join(args, " "), err, bytes.TrimSpace(complaint.Bytes()))
	}
	return strings.TrimSpace(string(out)), nil
}

// foreign leaves out whatever would point git at another repository or
// configuration, as in a test that is run from a hook.
func foreign(environ []string) []string {
	var kept []string
	for _, line := range environ {
		if !strings.HasPrefix(line, "GIT_") || strings.HasPrefix(line, "GIT_EXEC_PATH=") {
			kept = append(kept, line)
		}
	}
	return kept
}
