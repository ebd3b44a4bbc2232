package wine

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

const ctrlC = "\x03"

func TestCtrlC(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for name, press := range map[string]string{"typed": "", "sent": "c"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// What Windows gives a program that does nothing about Ctrl-C. (Wine gives 0.)
			c := onConsole(t, p.observed(press, "wait-for-it", "0xc000013a"))
			c.expect("ready")
			if press == "" {
				c.press(ctrlC)
			}
			c.expect("caught")
			c.expect("ended with 0xc000013a")
			if shown, _ := c.end(); strings.Contains(shown, "bbgit:") {
				t.Errorf("bbgit has something to say:\n%s", shown)
			}
		})
	}
}

// aToken is one that the stand-in's server takes.
const aToken = "ATATT3xFfGF0throw-away"

// TestToken is the life of a token, from the question to its end in Credential Manager.
func TestToken(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.write(t, aToken, "good")
	credentials.Lock()
	defer credentials.Unlock()

	// Nobody is there: nothing hangs, and what to do is said.
	got := run(t, p.bbgit([]string{theirs}, "push"))
	if got.code != 128 || !strings.Contains(got.stderr, "BBGIT_TOKEN") || !strings.Contains(got.stderr, "could not read Username") {
		t.Errorf("without a console: %+v", got)
	}

	c := onConsole(t, p.bbgit([]string{theirs}, "push"))
	c.expect("bbgit: Bitbucket wants an API token for you/thesis")
	c.expect("kept in Windows' Credential Manager")
	c.expect("API token:")
	c.typed("ATATT3xFfGF0another\r")
	c.expect("API token:")
	c.typed(aToken + "\r")
	c.expect("token accepted, and kept in Windows' Credential Manager")
	c.expect("push is done")
	c.expect("[Y/n]") // whether all programs may use the token
	c.typed("n\r")
	if shown, code := c.end(); code != 0 || strings.Contains(shown, "throw-away") || strings.Contains(shown, "another") {
		t.Errorf("exit %d, and shown:\n%s", code, shown)
	}

	for _, command := range []string{"fetch", "push"} {
		if got := run(t, p.bbgit([]string{theirs}, command)); got != (outcome{command + " is done\n", "", 0}) {
			t.Errorf("with a token, %s: %+v", command, got)
		}
	}
	if got := run(t, p.bbgit([]string{theirs}, "bitbucket", "status")); !strings.Contains(got.stdout, "Kept in: Windows' Credential Manager\n") || got.code != 0 {
		t.Errorf("status: %+v", got)
	}
	if got := run(t, p.bbgit([]string{theirs}, "bitbucket", "logout")); got.code != 0 {
		t.Errorf("logout: %+v", got)
	}
	if got := run(t, p.bbgit([]string{theirs}, "push")); got.code != 128 {
		t.Errorf("after it: %+v", got)
	}
	p.leavesNothing(t)
}

// TestGivingUp ends the question in two ways.
func TestGivingUp(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.write(t, aToken, "good")
	for name, c := range map[string]struct {
		keys  string
		codes []string
	}{
		// The key goes to git and to its helper: git ends by it, or a moment before because its helper has ended.
		"ctrl-c":                 {"half a token" + ctrlC, []string{"0xc000013a", "0x80"}},
		"enter":                  {"\r", []string{"0x80"}},
		"ctrl-z, the file's end": {"\x1a\r", []string{"0x80"}},
	} {
		t.Run(name, func(t *testing.T) {
			credentials.Lock()
			defer credentials.Unlock()
			person := onConsole(t, p.observed("", "push"))
			person.expect("API token:")
			person.typed(c.keys)
			person.expect("ended with ")
			shown, _ := person.end()
			if strings.Contains(shown, "half") || !slices.ContainsFunc(c.codes, func(code string) bool { return strings.Contains(shown, "ended with "+code) }) {
				t.Errorf("shown:\n%s", shown)
			}
		})
	}
	p.leavesNothing(t)
}

// leavesNothing: no folder of a run is left in the temporary folder.
func (p place) leavesNothing(t *testing.T) {
	t.Helper()
	folder := p.Drive("users", userName(t, p), "Temp")
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		left := 0
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), "bbgit-") {
				left++
			}
		}
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("left behind: %v", entries)
		}
	}
}

// userName is the one that Wine has given to the person.
func userName(t *testing.T, p place) string {
	t.Helper()
	entries, err := os.ReadDir(p.Drive("users"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "Public" {
			return e.Name()
		}
	}
	t.Fatal("nobody")
	return ""
}
