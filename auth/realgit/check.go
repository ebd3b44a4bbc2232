package realgit

import (
	"bufio"
	"bytes"
	"context"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/curltrace"
)

// checkTime bounds one check. Bitbucket answers such a request within a second
// or two; a proxy that does not answer must not hold up a person.
const checkTime = 30 * time.Second

// A Check asks Bitbucket what it thinks of a credential, through git's own
// network stack: with the person's proxy, certificates and other settings, and
// as the very request with which a fetch or a push begins.
type Check struct {
	Repository bitbucket.Repository
	Need       bitbucket.Need
	User       string   // git user name that goes with the secret
	Env        []string // tells our helper, which git starts, where to get the secret
	Trace      string   // path of a file in a private folder, for this check alone
}

// Finding is what came of a check.
type Finding struct {
	Answer bitbucket.Answer
	Text   string // what the server said with a refusal, "" for nothing
}

// Ask makes one check. git-remote-https(1) is a program of the protocol that
// gitremote-helpers(7) describes: "list" asks as fetch does and "list for-push"
// as push does, and neither changes anything anywhere.
func (g *Git) Ask(ctx context.Context, c Check) Finding {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	defer os.Remove(c.Trace)
	// With a user name in the URL git asks our helper at once, a request earlier.
	address := strings.Replace(c.Repository.URL(), "://", "://"+url.User(c.User).String()+"@", 1)
	cmd := exec.CommandContext(ctx, g.Path, g.arguments(g.checkSettings(ctx), []string{"remote-https", "origin", address})...)
	cmd.Dir = g.Dir
	cmd.Env = append(append(g.quietEnv(), c.Env...),
		"LC_ALL=C", "GIT_TRACE_CURL="+c.Trace, "GIT_TRACE_CURL_NO_DATA=1", "GIT_TRACE_REDACT=1")
	cmd.Stdin = strings.NewReader(map[bitbucket.Need]string{bitbucket.Read: "list\n\n", bitbucket.Write: "list for-push\n\n"}[c.Need])
	var said bytes.Buffer
	cmd.Stderr = &limited{to: &said, left: 64 << 10}
	cmd.Cancel = func() error { return cmd.Process.Signal(politeSignal) }
	cmd.WaitDelay = grace
	err := cmd.Run()
	return finding(err == nil, lastStatus(c.Trace), said.Bytes())
}

// checkSettings let git send the credential under check and nothing else: no
// other helper's, none of .netrc's, and no header that the person has set.
func (g *Git) checkSettings(ctx context.Context) []Setting {
	settings := append(HelperSettings(g.Helper), PastNetrc)
	entries, _ := g.Settings(ctx)
	for _, e := range entries {
		if IsExtraHeader(e.Key) {
			settings = append(settings, Setting{e.Key, ""})
		}
	}
	return settings
}

// IsExtraHeader tells that a key sets headers for git's requests
// (git-config(1), http.extraHeader and http.<url>.extraHeader).
func IsExtraHeader(key string) bool {
	return strings.HasPrefix(key, "http.") && strings.HasSuffix(key, ".extraheader") || key == "http.extraheader"
}

func finding(succeeded bool, status int, said []byte) Finding {
	if succeeded {
		return Finding{Answer: bitbucket.Accepted}
	}
	text := serverText(said)
	answer := bitbucket.MeaningOf(status, text)
	if answer == bitbucket.Accepted {
		// Something else went wrong after the server had accepted it, such as
		// an answer that is not git's.
		answer = bitbucket.Unclear
	}
	return Finding{Answer: answer, Text: text}
}

// lastStatus is the status that ended the conversation, which is one request
// after another.
func lastStatus(trace string) int {
	f, err := os.Open(trace)
	if err != nil {
		return 0
	}
	defer f.Close()
	status := 0
	for _, e := range curltrace.Read(f) {
		status = e.Status
	}
	return status
}

// serverText is what git shows of a text/plain body: lines behind "remote: ",
// which git does not translate.
func serverText(said []byte) string {
	var lines []string
	scan := bufio.NewScanner(bytes.NewReader(said))
	for scan.Scan() {
		if line, ok := strings.CutPrefix(scan.Text(), "remote: "); ok {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// limited keeps the beginning of what is written and takes the rest in silence.
type limited struct {
	to   *bytes.Buffer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.to.Write(p[:n])
	l.left -= n
	return len(p), nil
}
