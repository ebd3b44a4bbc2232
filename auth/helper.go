package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"bbgit/auth/bitbucket"
	"bbgit/auth/credential"
	"bbgit/auth/realgit"
	"bbgit/auth/relay"
)

// Variables by which the git that we start tells the helpers that it starts
// where to find us. They hold no secret: a path, and a name for a check.
const (
	runVariable   = "BBGIT_RUN"
	checkVariable = "BBGIT_CHECK"
)

// checkOperation asks for the credential under check, which is then sent once.
const (
	checkOperation = "check"
	checkAttribute = "bbgit-check"
)

// Helper is "bbgit bitbucket helper OPERATION", which git starts
// (gitcredentials(7), "CUSTOM HELPERS"). It returns the exit status. It is
// silent about hosts that are none of its business, whatever asks it.
func Helper(ctx context.Context, tools Tools, operation string, in io.Reader, out io.Writer) int {
	m, err := credential.Read(in)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bbgit:", err)
		return 1
	}
	if !bitbucket.Serves(m.Get("protocol"), m.Get("host")) {
		return 0
	}
	answer, err := answerHelper(ctx, tools, operation, m).Bytes()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bbgit:", err)
		return 1
	}
	if _, err := out.Write(answer); err != nil {
		return 1
	}
	return 0
}

func answerHelper(ctx context.Context, tools Tools, operation string, m credential.Message) credential.Message {
	address := os.Getenv(runVariable)
	if check := os.Getenv(checkVariable); check != "" {
		if operation != "get" {
			return nil
		}
		answer, _ := relay.Ask(ctx, address, checkOperation, credential.Message{{Key: checkAttribute, Value: check}})
		return answer
	}
	if os.Getenv(realgit.AskingVariable) != "" {
		tools.Trace.Notef("helper: silent, as bbgit itself asks the person's helpers")
		return nil
	}
	if address != "" {
		tools.Trace.Notef("helper: passes %q on to the bbgit that waits", operation)
		answer, err := relay.Ask(ctx, address, operation, withPlace(m))
		switch {
		case err == nil:
			return answer
		case !errors.Is(err, relay.ErrNobody):
			// It was killed in the middle, perhaps of a question: to ask once more
			// would be in the way of whatever has the terminal now.
			tools.Trace.Notef("helper: the bbgit that waits is gone: %v", err)
			return quit
		}
	}
	return alone(ctx, tools, operation, m)
}
