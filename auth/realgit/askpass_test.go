package realgit

import (
	"path/filepath"
	"testing"
)

// An askpass program is started with one argument, whichever way.
func TestAskpass(t *testing.T) {
	t.Parallel()
	g := newGit(t, "")
	program := filepath.Join(g.Dir, "ask pass")
	writeScript(t, program, "#!/bin/sh\nprintf '%s|%s\\r\\nrest\\n' \"$#\" \"$1\"\n")
	const prompt = "Password for 'https://bitbucket.org/#x': "
	if got, err := g.Askpass(t.Context(), program, prompt); err != nil || got != "1|"+prompt {
		t.Errorf("%q, %v", got, err)
	}
	cmd := g.askpassCommand(t.Context(), program, prompt, true)
	cmd.Dir = g.Dir
	if got, err := cmd.Output(); err != nil || string(got) != "1|"+prompt+"\r\nrest\n" {
		t.Errorf("through git: %q, %v", got, err)
	}
	if _, err := g.Askpass(t.Context(), filepath.Join(g.Dir, "none"), prompt); err == nil {
		t.Error("there is no such program")
	}
}
