package auth

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/sshtrace"
	"bbgit/auth/words"
)

// A command is asked about over SSH once or twice, as a rule: where the key is
// refused, it is for the first repository already. Bounds are for the others, a
// project with many submodules above all.
const (
	mostSSHChecks = 3
	sshPatience   = 20 * time.Second
)

// mostTraced is how many processes of git a command may have that tell of
// themselves: a script, or an alias that is one, may start thousands. Git counts
// the files in the folder (git-config(1), trace2.maxFiles).
const mostTraced = "GIT_TRACE2_MAX_FILES=500"

// traceSSH makes git note which connections over SSH it makes. It returns the
// folder for that, "" where the person has a trace of their own in its place. The
// bound would hold for folders of theirs as well, and git puts a file into one
// that is full; so it is not for those who have any.
func traceSSH(env []string, persons realgit.Traces, private string) (with []string, folder string) {
	if persons.Normal {
		return env, ""
	}
	folder = filepath.Join(private, "processes")
	_ = os.RemoveAll(folder) // of the run before
	if err := os.Mkdir(folder, 0o700); err != nil {
		return env, ""
	}
	if !persons.Any {
		env = append(env, mostTraced)
	}
	return append(env, sshtrace.Variable+"="+folder), folder
}

// lookAtSSH adds what is known of connections over SSH, where nothing else
// explains the failure. Git ends with 128 when it has lost a connection, and
// with 1 when one of several did (git.md has the list).
func (r *Run) lookAtSSH(ctx context.Context, end End, f *findings) {
	if r.processes == "" || end.Code != 128 && end.Code != 1 || diagnose(f.evidence) != unknown || r.session.hasNobody() {
		return
	}
	f.overSSH, f.evidence.overSSH = r.sshFailure(ctx)
}

// sshFailure asks once more where nobody answered git, and stays silent about
// all that is not Bitbucket's. Who is asked and does answer was not to blame.
func (r *Run) sshFailure(ctx context.Context) (words.SSHFailure, bitbucket.SSHTrouble) {
	ctx, cancel := context.WithTimeout(ctx, sshPatience)
	defer cancel()
	g := r.session.git(r.requestFor(bitbucket.Remote{}))
	checks := 0
	for _, c := range sshtrace.Unanswered(r.processes) {
		if !mayBeBitbucket(c.Remote.Host) {
			continue
		}
		if checks++; checks > mostSSHChecks || ctx.Err() != nil {
			break
		}
		finding, answered := g.AskSSH(ctx, realgit.SSHCheck{URL: c.URL(), Service: c.Service})
		r.session.note("%s, asked once more over SSH: %s", c.Remote.Host, toldSSH(answered, finding.Trouble))
		if answered || finding.Trouble == bitbucket.SSHUnclear {
			continue
		}
		if bitbucket.ServesSSH(c.Remote.Host) || bitbucket.ServesSSH(finding.Host) {
			return r.describe(ctx, g, c, finding), finding.Trouble
		}
	}
	return words.SSHFailure{}, bitbucket.SSHUnclear
}

// mayBeBitbucket tells whether a host is worth asking: one of Bitbucket's, or a
// name that may stand for one in the SSH configuration, which people with two
// keys have. Where it leads to, ssh says itself.
func mayBeBitbucket(host string) bool {
	return bitbucket.ServesSSH(host) || !strings.Contains(host, ".") || strings.Contains(strings.ToLower(host), "bitbucket")
}

// describe is what there is to say about a connection that failed.
func (r *Run) describe(ctx context.Context, g *realgit.Git, c sshtrace.Connection, finding bitbucket.SSHFinding) words.SSHFailure {
	f := words.SSHFailure{
		Trouble:    finding.Trouble,
		Repository: c.Remote.Repository,
		Host:       c.Remote.Host,
		Port:       c.Remote.Port,
		Push:       c.Service == "git-receive-pack",
	}
	if host := strings.ToLower(finding.Host); bitbucket.ServesSSH(host) {
		if host != f.Host {
			f.Alias = f.Host
		}
		f.Host, f.Port = host, finding.Port
	}
	entries, _ := g.Settings(ctx)
	route := routeTo(c, r.command.Args[min(r.command.At+1, len(r.command.Args)):], entries)
	f.InPlace = route.typed
	address := newAddress(f)
	f.New, f.HTTPS = route.changes(c, address, folders(r.command.Args[:r.command.At]))
	switch {
	case address == "":
		f.New = ""
	case f.Alias != "":
		// Another URL would lose the key that goes with the name.
		f.New = "HostName " + bitbucket.SSHHost
	}
	return f
}

// newAddress is a better place for SSH, "" where there is none.
func newAddress(f words.SSHFailure) string {
	switch {
	case f.Host == bitbucket.Host:
		return f.Repository.SSHURL()
	case f.Host == bitbucket.SSHHost && f.Trouble == bitbucket.SSHUnreachable && f.Alias == "":
		return f.Repository.AltSSHURL()
	}
	return ""
}

// folders are git's options that say which repository is meant, so that a
// command to type means the same.
func folders(global []string) []string {
	var place []string
	for i, a := range global {
		if a == "-C" && i+1 < len(global) {
			place = append(place, a, global[i+1])
		}
	}
	return place
}
