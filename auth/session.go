package auth

import (
	"context"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/envconfig"
	"bbgit/auth/netrc"
	"bbgit/auth/realgit"
	"bbgit/auth/relay"
	"bbgit/auth/secret"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// A session is what bbgit knows while one git command runs: what was given to
// git, what Bitbucket refused, and what the person said. It lives in memory
// alone. Its methods may be called from several helpers' requests at once.
type session struct {
	tools  Tools
	base   []string // environment of the command
	place  request  // where the command itself stands
	vault  *vault.Vault
	stderr io.Writer

	question sync.Mutex // held while a person is asked: once for all who need it

	mu        sync.Mutex
	offers    []offer         // what was given to git, oldest first
	givenUp   []gaveUp        // where git gave up at a refusal
	doubts    []doubt         // what was refused and is not dead, once for each time
	served    []acceptance    // what Bitbucket has taken
	strays    []secret.Secret // tokens that Bitbucket has taken and nobody of us gave
	refused   []refusal       // what Bitbucket has refused
	dead      []deadEntry     // what is to be cleared away once a new token works
	deadNetrc *netrc.Entry
	fresh     map[string]token      // tokens that the person gave in this run, by account
	declined  bool                  // the person gave none; do not ask again
	lent      lentRun               // what the helpers of one git tell each other; "" where they have a bbgit that waits
	nobody    *words.Question       // what would have been asked, had there been anybody
	keptBack  bool                  // there is a token, and a helper of the command line would be told it
	gone      words.Place           // where a token was kept, and is no longer; "" for none
	unread    *words.Unkept         // why a kept token cannot be read, nil for none
	checks    map[string]offer      // credentials under check, by a name that cannot be guessed
	needs     func() bitbucket.Need // what the command wants to do, as far as it is known now
	noAccess  bitbucket.Repository  // a repository that a good token does not see
	readOnly  *request              // met a repository where a good token may not push
	envBad    bitbucket.Repository  // the repository for which BBGIT_TOKEN was refused
	envAnswer bitbucket.Answer      // and how
	obstacles obstacles             // what stands in the way of a credential

	folder     string // private to this run
	relay      *relay.Server
	relayError error
	relayOnce  sync.Once
	checkCount atomic.Int64
}

// token is a token of ours.
type token struct {
	vault.Item
	kept bool // in the keyring, not in memory alone
}

// source is where a credential comes from.
type source int

const (
	fromEnvironment source = iota // BBGIT_TOKEN
	fromUs                        // the keyring, or the person a moment ago
	fromHelper                    // the person's own helpers
	fromNetrc
	fromElsewhere // a URL, or what the person typed for git itself
)

// offer is a credential that git was given.
type offer struct {
	source   source
	userName string
	secret   secret.Secret
	token    token // fromUs
	message  credential.Message
	renamed  bool    // the helper has it under another user name
	asked    request // that it was given for
}

// refusal is what Bitbucket thinks of a credential that it did not take.
type refusal struct {
	offer  offer
	answer bitbucket.Answer
	held   string // words for where it is kept
	from   request

	doubtful     bool // the token may be good, and its account without access
	otherAccount bool // it is not for the account that the URL names
}

func newSession(tools Tools, base []string) *session {
	if base == nil {
		base = os.Environ()
	}
	s := &session{
		tools:  tools,
		base:   base,
		place:  request{env: base},
		stderr: os.Stderr,
		fresh:  make(map[string]token),
		checks: make(map[string]offer),
		needs:  func() bitbucket.Need { return bitbucket.Read },
	}
	s.vault = openVault(s.vaultGit, s.storeWaits)
	return s
}

// close ends the session. Requests under way must have been told to stop.
func (s *session) close() {
	if s.relay != nil {
		s.relay.Close()
	}
	if s.folder != "" {
		os.RemoveAll(s.folder)
	}
}

// listen opens the socket through which helpers reach this session.
func (s *session) listen(handle relay.Handler) (address string, err error) {
	s.relayOnce.Do(func() {
		if s.folder, s.relayError = relay.Folder(); s.relayError != nil {
			return
		}
		s.relay, s.relayError = relay.Listen(s.folder, handle)
	})
	if s.relayError != nil {
		return "", s.relayError
	}
	return s.relay.Address(), nil
}

// listenAlone is listen where no git command is attended, or where that listens
// already.
func (s *session) listenAlone(ctx context.Context) (address string, err error) {
	return s.listen(func(operation string, m credential.Message) credential.Message {
		return s.handle(ctx, operation, m)
	})
}

// handle answers one request of a helper.
func (s *session) handle(ctx context.Context, operation string, m credential.Message) credential.Message {
	if operation == checkOperation {
		return s.underCheck(m.Get(checkAttribute))
	}
	r := readRequest(m, s.base)
	if !bitbucket.Serves(m.Get("protocol"), m.Get("host")) {
		return nil
	}
	s.note("%s: %s", toldWhat(operation), later(r.told))
	switch operation {
	case "get":
		answer := s.get(ctx, r)
		s.note("%s", toldAnswer(answer))
		return answer
	case "store":
		s.accepted(ctx, r)
	case "erase":
		s.erased(ctx, r)
	}
	return nil
}

// git is the real git at the place that a request came from.
func (s *session) git(r request) *realgit.Git {
	g := s.tools.git(s.withoutRun(r.env))
	g.Dir, g.Global, g.Stderr = r.dir, r.global, s.stderr
	return g
}

// git is the real git in this folder, with an environment.
func (t Tools) git(env []string) *realgit.Git {
	path, err := t.Git()
	if err != nil {
		path = "git"
	}
	return &realgit.Git{Path: path, Helper: envconfig.HelperCommand(t.Program), Env: env}
}

// withoutRun takes away what would lead our own gits' helpers to us.
func (s *session) withoutRun(env []string) []string {
	out := make([]string, 0, len(env))
	for _, v := range env {
		if !strings.HasPrefix(v, runVariable+"=") && !strings.HasPrefix(v, checkVariable+"=") {
			out = append(out, v)
		}
	}
	return out
}

// check asks Bitbucket about a credential.
func (s *session) check(ctx context.Context, r request, o offer, need bitbucket.Need) realgit.Finding {
	return s.checkAt(ctx, r, r.repository, o, need)
}

func (s *session) checkAt(ctx context.Context, r request, where bitbucket.Repository, o offer, need bitbucket.Need) realgit.Finding {
	return s.askBitbucket(ctx, r, o, realgit.Check{Repository: where, Need: need})
}

// checkTwice goes on to the second request where second tells that the first
// was served.
func (s *session) checkTwice(ctx context.Context, r request, o offer, need bitbucket.Need, second bool) bitbucket.Answer {
	return s.askBitbucket(ctx, r, o, realgit.Check{Repository: r.repository, Need: need, Second: second}).Answer
}

// askBitbucket asks with the credential under check. A public repository is read
// without one, which proves nothing: then it is asked as push does.
func (s *session) askBitbucket(ctx context.Context, r request, o offer, c realgit.Check) realgit.Finding {
	f := s.askOnce(ctx, r, o, c)
	if f.Answer == bitbucket.Accepted && !f.Signed && c.Need == bitbucket.Read {
		c.Need = bitbucket.Write
		if again := s.askOnce(ctx, r, o, c); again.Answer.Refused() || again.Answer.Final() {
			return again
		}
	}
	return f
}

func (s *session) askOnce(ctx context.Context, r request, o offer, c realgit.Check) realgit.Finding {
	address, err := s.listenAlone(ctx)
	if err != nil {
		return realgit.Finding{Answer: bitbucket.Unclear}
	}
	name := newName()
	s.mu.Lock()
	s.checks[name] = o
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.checks, name)
		s.mu.Unlock()
	}()
	g := s.git(r)
	g.Stderr = nil
	c.User = o.userName
	c.Env = []string{runVariable + "=" + address, checkVariable + "=" + name}
	c.Trace = s.privateFile("check")
	f := g.Ask(ctx, c)
	s.note("Bitbucket was asked to %s %s with %s, and answered: %s", c.Need, c.Repository, later(o.told), toldFinding(f))
	return f
}

// newName is a name that cannot be guessed, 128 bits from a generator that the
// system seeds (math/rand/v2, ChaCha8). crypto/rand would do it as well, but
// with it come a dozen packages that are set up whenever the program starts.
func newName() string {
	return strconv.FormatUint(rand.Uint64(), 36) + "-" + strconv.FormatUint(rand.Uint64(), 36)
}

// underCheck gives a helper the credential that is under check. Git asks for it
// at most once: whoever asks again was refused.
func (s *session) underCheck(name string) credential.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.checks[name]
	if !ok {
		return nil
	}
	delete(s.checks, name)
	return credential.Message{{Key: "username", Value: o.userName}, {Key: "password", Value: o.secret.Reveal()}}
}

// refusedFor tells whether Bitbucket has refused a secret for a repository. A
// good token that does not see one is still good for the others.
func (s *session) refusedFor(x secret.Secret, where bitbucket.Repository) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.refused {
		if r.offer.secret.Equal(x) && (r.answer != bitbucket.NotVisible || r.from.repository == where) {
			return true
		}
	}
	return false
}

// wasRefused tells whether Bitbucket has refused a secret in this run.
func (s *session) wasRefused(x secret.Secret) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.refused {
		if r.offer.secret.Equal(x) && r.answer != bitbucket.NotVisible {
			return true
		}
	}
	return false
}

func (s *session) noteRefused(r refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused = append(s.refused, r)
}
