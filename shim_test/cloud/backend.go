package cloud

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// runBackend lets git itself answer. It speaks CGI on its own because
// net/http/cgi cannot be told to stop what it started, refuses the chunks in
// which git sends a large pack, and would put the Authorization of a request
// into the environment of a process.
func (c *Cloud) runBackend(w http.ResponseWriter, r *http.Request, k *call) {
	// Not the request's own context: a client that has its answer and leaves
	// must not kill a git that is about to end by itself.
	cmd := exec.CommandContext(c.life, c.gitPath)
	cmd.Env = append(isolated(), c.meta(r, k)...)
	cmd.Stdin = r.Body
	cmd.Stderr = c.errors
	cmd.WaitDelay = time.Second // for a body that never ends, when git has
	inOwnGroup(cmd)
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer cmd.Wait()
	// Closed before the wait, so that a git which has more to say than the
	// client wants to hear ends.
	defer stdout.Close()
	forward(w, bufio.NewReader(stdout))
}

// forward translates an answer of CGI into one of HTTP.
func forward(w http.ResponseWriter, answer *bufio.Reader) {
	header, err := textproto.NewReader(answer).ReadMIMEHeader()
	if err != nil {
		http.Error(w, "git http-backend said nothing: see server.log", http.StatusInternalServerError)
		return
	}
	status := http.StatusOK
	if text := header.Get("Status"); text != "" {
		number, _, _ := strings.Cut(text, " ")
		status, err = strconv.Atoi(number)
	}
	if err != nil {
		status = http.StatusInternalServerError
	}
	header.Del("Status")
	for name, values := range header {
		w.Header()[name] = values
	}
	w.WriteHeader(status)
	io.Copy(w, answer) // a client that left is no error
}

// meta is the request as the environment of git http-backend(1).
func (c *Cloud) meta(r *http.Request, k *call) []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), // for the hooks
		"GIT_PROJECT_ROOT=" + filepath.Join(c.dir, "repositories"),
		"GIT_HTTP_EXPORT_ALL=1",
		"GIT_PROTOCOL=" + r.Header.Get("Git-Protocol"),
		"REQUEST_METHOD=" + r.Method,
		"PATH_INFO=/" + k.repository + ".git" + k.rest,
		"QUERY_STRING=" + r.URL.RawQuery,
		"CONTENT_TYPE=" + r.Header.Get("Content-Type"),
		"HTTP_CONTENT_ENCODING=" + r.Header.Get("Content-Encoding"),
		"REMOTE_USER=" + k.account(),
		"REMOTE_ADDR=127.0.0.1",
	}
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
