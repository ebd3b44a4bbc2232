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
	"bbgit/auth/envconfig"
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
	Second     bool     // go on to the second request (POST), if the first is served
	Env        []string // tells our helper, which git starts, where to get the secret
	Trace      string   // path of a file in a private folder, for this check alone
}

// Finding is what came of a check.
type Finding struct {
	Answer bitbucket.Answer
	Text   string // what the server said with a refusal, "" for nothing
	Signed bool   // the credential was sent; a public repository is read without
}

// Ask makes one check. git-remote-https(1) is a program of the protocol that
// gitremote-helpers(7) describes: "list" asks as fetch does and "list for-push"
// as push does, and neither changes anything anywhere.
func (g *Git) Ask(ctx context.Context, c Check) Finding {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	defer os.Remove(c.Trace)
	cmd := g.asking(ctx, c)
	if c.pushesNothing() {
		folder, err := emptyRepository(c.Trace + ".git")
		if err != nil {
			return Finding{Answer: bitbucket.Unclear}
		}
		defer os.RemoveAll(folder)
		cmd.Env = append(cmd.Env, "GIT_DIR="+folder)
	}
	var said bytes.Buffer
	cmd.Stderr = &limited{to: &said, left: 64 << 10}
	err := cmd.Run()
	last := lastExchange(c.Trace)
	text := serverText(said.Bytes())
	if text == "" && last.Status >= 300 {
		text = last.Body
	}
	// The other end has nothing to say to a push of nothing, and git complains.
	served := err == nil || c.pushesNothing() && last.Method == "POST" && last.Status < 300
	f := finding(served, last.Status, text)
	if last.Host != "" && !bitbucket.Serves("https", last.Host) {
		f.Answer = bitbucket.Unclear
	}
	f.Signed = last.Signed
	return f
}

// asking is the process that makes the requests.
func (g *Git) asking(ctx context.Context, c Check) *exec.Cmd {
	// With a user name in the URL git asks our helper at once, a request earlier.
	address := strings.Replace(c.Repository.URL(), "://", "://"+url.User(c.User).String()+"@", 1)
	args, commands := []string{"remote-https", "origin", address}, "list\n"
	switch {
	case c.pushesNothing():
		commands = "list for-push\n" + pushNothing
	case c.Need == bitbucket.Write:
		commands = "list for-push\n"
	case c.Second:
		args = []string{"ls-remote", address, "HEAD"} // to "list", one request is enough
	}
	cmd := exec.CommandContext(ctx, g.Path, g.arguments(g.checkSettings(ctx), args)...)
	cmd.Dir = g.Dir
	cmd.Env = append(append(g.quietEnv(), c.Env...), "LC_ALL=C", "GIT_TRACE_CURL="+c.Trace, "GIT_TRACE_REDACT=1")
	if !c.Second {
		cmd.Env = append(cmd.Env, "GIT_TRACE_CURL_NO_DATA=1")
	}
	cmd.Stdin = strings.NewReader(commands + "\n")
	cmd.Cancel = func() error { return cmd.Process.Signal(politeSignal) }
	cmd.WaitDelay = grace
	return cmd
}

// checkSettings let git send the credential under check and nothing else: no
// other helper's, none of .netrc's, and no header that the person has set.
func (g *Git) checkSettings(ctx context.Context) []envconfig.Setting {
	// Git 2.55 repeats a 429 without end otherwise; older ones do not know it.
	settings := append(envconfig.HelperSettings(g.Helper), envconfig.PastNetrc, envconfig.Set("http.maxRetries", "1"))
	entries, _ := g.Settings(ctx)
	for _, e := range entries {
		if IsExtraHeader(e.Key) {
			settings = append(settings, envconfig.Set(e.Key, ""))
		}
	}
	return settings
}

// finding reads what came of a check. Somewhere else than at Bitbucket (a portal,
// a redirect) nobody can tell anything about a credential.
func finding(succeeded bool, status int, text string) Finding {
	answer := bitbucket.MeaningOf(status, text)
	switch {
	case status >= 300:
	case succeeded:
		return Finding{Answer: bitbucket.Accepted}
	case answer == bitbucket.Accepted:
		// Something else went wrong after the server had accepted it, such as
		// an answer that is not git's.
		answer = bitbucket.Unclear
	}
	return Finding{Answer: answer, Text: text}
}

// lastExchange ended the conversation, which is one request after another.
func lastExchange(trace string) curltrace.Exchange {
	f, err := os.Open(trace)
	if err != nil {
		return curltrace.Exchange{}
	}
	defer f.Close()
	var last curltrace.Exchange
	for _, last = range curltrace.Read(f) {
	}
	return last
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
