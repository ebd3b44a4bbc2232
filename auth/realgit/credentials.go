package realgit

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"time"

	"bbgit/auth/credential"
	"bbgit/auth/envconfig"
)

// helperTime bounds a question to the person's own helpers. One of them may
// open a window or a browser, in which a person signs in; git itself would
// wait without end.
const helperTime = 10 * time.Minute

// noneMark is what the last helper in line answers when no other had an
// answer. Without it "git credential fill" ends with a message of its own in
// the person's language, which must not be seen, on the same stderr on which
// the helpers may have something to say, which must.
const noneMark = "bbgit-found-none"

var lastInLine = envconfig.Set("credential.helper", "!printf 'username=%s\\npassword=%s\\n' "+noneMark+" "+noneMark+";:")

// ErrQuit says that a helper wants nobody to be asked any more (quit=1,
// git-credential(1)). Git has said so, and ends: with the status that it has for
// whatever it cannot go on after (usage.c, die). Little else can be the matter, as
// the git that asks us has come past its configuration.
var ErrQuit = errors.New("a credential helper told git to quit")

const died = 128

// Fill asks the helpers that the person has configured, as git would have done
// without us. found is false where none of them answers.
func (g *Git) Fill(ctx context.Context, request credential.Message) (answer credential.Message, found bool, err error) {
	return g.fill(ctx, request, lastInLine)
}

func (g *Git) fill(ctx context.Context, request credential.Message, settings ...envconfig.Setting) (credential.Message, bool, error) {
	input, err := request.Bytes()
	if err != nil {
		return nil, false, err
	}
	output, err := g.run(ctx, helperTime, input, slices.Concat(g.persons(ctx).settings, settings), "credential", "fill")
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended) && ended.ExitCode() == died:
		return nil, false, ErrQuit
	case err != nil:
		return nil, false, fmt.Errorf("asking the configured credential helpers: %w", err)
	}
	answer, err := credential.Parse(output)
	if err != nil {
		return nil, false, fmt.Errorf("asking the configured credential helpers: %w", err)
	}
	if answer.Get("password") == noneMark {
		return nil, false, nil
	}
	return answer, answer.Get("password") != "" || answer.Get("credential") != "", nil
}

// Approve passes on that a credential was good.
func (g *Git) Approve(ctx context.Context, m credential.Message) error {
	return g.tell(ctx, "approve", m)
}

// Reject passes on that a credential was refused.
func (g *Git) Reject(ctx context.Context, m credential.Message) error {
	return g.tell(ctx, "reject", m)
}

func (g *Git) tell(ctx context.Context, what string, m credential.Message, settings ...envconfig.Setting) error {
	input, err := m.Bytes()
	if err != nil {
		return err
	}
	if _, err := g.run(ctx, helperTime, input, slices.Concat(g.persons(ctx).settings, settings), "credential", what); err != nil {
		return fmt.Errorf("telling the configured credential helpers: %w", err)
	}
	return nil
}

// KeepingHelper is one of the person's helpers, by its value in the
// configuration.
type KeepingHelper string

// Owner finds which of the configured helpers gives this credential. It asks
// one after another, each of them alone.
func (g *Git) Owner(ctx context.Context, request credential.Message, password string) (owner KeepingHelper, found bool) {
	for _, helper := range g.Helpers(ctx) {
		if g.Holds(ctx, helper, request, password) {
			return helper, true
		}
	}
	return "", false
}

// Holds tells that a helper gives this password.
func (g *Git) Holds(ctx context.Context, helper KeepingHelper, request credential.Message, password string) bool {
	answer, found, err := g.fill(ctx, request, alone(helper, lastInLine)...)
	return err == nil && found && answer.Get("password") == password
}

// ApproveAt has one helper keep a credential, and no other. Git does not
// tell whether it did.
func (g *Git) ApproveAt(ctx context.Context, helper KeepingHelper, m credential.Message) error {
	return g.tell(ctx, "approve", m, alone(helper)...)
}

// RejectAt has one helper forget a credential, and leaves the others alone. The
// helper is asked before: git-credential-store of git 2.39 forgets whatever it
// has for that user name, and a better password may have come meanwhile.
func (g *Git) RejectAt(ctx context.Context, helper KeepingHelper, m credential.Message) (done bool, err error) {
	if !g.Holds(ctx, helper, m.Without("password"), m.Get("password")) {
		return false, nil
	}
	return true, g.tell(ctx, "reject", m, alone(helper)...)
}

// ForgetAt has one helper forget a credential that it is known to hold.
func (g *Git) ForgetAt(ctx context.Context, helper KeepingHelper, m credential.Message) error {
	return g.tell(ctx, "reject", m, alone(helper)...)
}

// alone makes git ask this helper and no other: an empty value drops all that
// configuration files named before.
func alone(helper KeepingHelper, more ...envconfig.Setting) []envconfig.Setting {
	return append([]envconfig.Setting{envconfig.Set("credential.helper", ""), envconfig.Set("credential.helper", string(helper))}, more...)
}

// FillFrom asks one of the helpers alone.
func (g *Git) FillFrom(ctx context.Context, helper KeepingHelper, request credential.Message) (answer credential.Message, found bool, err error) {
	return g.fill(ctx, request, alone(helper, lastInLine)...)
}

// Helpers lists the helpers that the person has configured, and that git would
// ask about Bitbucket without us.
func (g *Git) Helpers(ctx context.Context) []KeepingHelper { return g.persons(ctx).helpers }

// NamesHelper tells that a key names a helper that git would ask about
// Bitbucket. A helper too many is harmless: it is asked, and has nothing.
func NamesHelper(key string) bool { return ConcernsBitbucket(key, "credential", "helper") }
