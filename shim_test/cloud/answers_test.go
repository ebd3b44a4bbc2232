package cloud_test

import (
	"strings"
	"testing"

	"bbgit/shim_test/cloud"
)

// What git makes of each answer to somebody who is signed in.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for name, answer := range cloud.Answers {
		if answer.Stall {
			continue // see TestStall
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.holdGood()
			w.Fail(cloud.Fault{Answer: answer, Repository: "acme/app", Account: "you"})
			r := w.git("ls-remote", app)
			if r.code != 128 {
				t.Errorf("exit %d, want 128\n%s", r.code, r.stderr)
			}
			if n := w.Count(cloud.Request{Secret: "token", Status: answer.Status}); n == 0 {
				t.Errorf("no %d in the log:\n%s", answer.Status, w.Log())
			}
			if name != "redirect" { // there, git shows the words of the other host
				checkWords(t, answer, r.stderr)
			}
		})
	}
}

func checkWords(t *testing.T, answer cloud.Answer, stderr string) {
	t.Helper()
	spoken := ""
	if answer.Type == "" && answer.Text != "" {
		spoken = "remote: " + strings.ReplaceAll(answer.Text, "\n", "\nremote: ") + "\n"
	}
	heard := ""
	for line := range strings.Lines(stderr) {
		if strings.HasPrefix(line, "remote: ") {
			heard += line
		}
	}
	if heard != spoken {
		t.Errorf("git showed:\n%swant:\n%s", heard, spoken)
	}
}

func TestFaultsHitWhatTheySay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.add(cloud.Repository{Workspace: "acme", Name: "lib"})
	w.holdGood()
	w.clone()
	w.commit("mine")

	w.Fail(cloud.Fault{Answer: cloud.Answers["503"], Times: 2})
	w.refused(128, "error: 503", "ls-remote", app)
	w.refused(128, "error: 503", "ls-remote", app)
	w.must("ls-remote", app)

	w.Fail(cloud.Fault{Answer: cloud.Answers["403-ip"], Repository: "acme/app", Service: cloud.ReceivePack, Method: "POST"})
	w.must("-C", "work", "fetch", "--quiet")
	w.refused(1, "HTTP 403", "-C", "work", "push") // and git does not show the text
	w.must("ls-remote", cloud.URL("acme/lib"))

	w.ClearFaults()
	w.must("-C", "work", "push", "--quiet")

	w.Fail(cloud.Fault{Answer: cloud.Answers["429"], Account: "somebody else"})
	w.must("ls-remote", app)
}

func TestSenders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdGood()
	w.Fail(cloud.Fault{Answer: cloud.Answers["500"], From: cloud.Anonymous, Times: 1})
	w.refused(128, "error: 500", "ls-remote", app)
	w.logged("GET bitbucket.org/acme/app.git/info/refs upload-pack - - 500")

	w.offer("bitbucket.org", "you", "mistyped")
	w.Fail(cloud.Fault{Answer: cloud.Answers["402"]})
	w.refused(128, "Authentication failed for", "ls-remote", app)
	w.ClearFaults()

	w.holdGood()
	w.Fail(cloud.Fault{Answer: cloud.Answers["404"], From: cloud.Anyone})
	w.refused(128, "not found", "ls-remote", app)
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cmd := w.command("ls-remote", app)
	cmd.Env = append(cmd.Env, "GIT_TRACE_CURL=1", "GIT_TRACE_CURL_NO_DATA=1")
	trace, err := cmd.CombinedOutput()
	if err == nil {
		t.Error("git got in without a credential")
	}
	for _, want := range []string{`Basic realm="Bitbucket.org HTTP"`, "HTTP/2 401"} {
		if !strings.Contains(string(trace), want) {
			t.Errorf("%q is not in the trace:\n%s", want, trace)
		}
	}
}

func TestRedirect(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddLogin(cloud.Login{Label: "hub", Host: "github.com", Name: "me", Password: "hub-password"})
	w.offer("github.com", "me", "hub-password")
	w.Fail(cloud.Fault{Answer: cloud.RedirectTo("https://github.com"), From: cloud.Anyone})
	w.must("ls-remote", app)
	w.logged(
		"GET bitbucket.org/acme/app.git/info/refs upload-pack - - 302",
		"GET github.com/acme/app.git/info/refs upload-pack - - 401",
		"GET github.com/acme/app.git/info/refs upload-pack me hub 200",
		"POST github.com/acme/app.git/git-upload-pack upload-pack me hub 200",
	)
}

// A connection that breaks, in the middle of a text and without one. The server
// must not get away with ending one stream of HTTP/2.
func TestCut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, answer := range []cloud.Answer{{Cut: true}, {Status: 200, Text: "half", Cut: true}} {
		w.Fail(cloud.Fault{Answer: answer, From: cloud.Anyone})
		r := w.git("ls-remote", app)
		if r.code != 128 || strings.Contains(r.stderr, "HTTP/2 stream") {
			t.Errorf("exit %d\n%s", r.code, r.stderr)
		}
		w.ClearFaults()
	}
}
