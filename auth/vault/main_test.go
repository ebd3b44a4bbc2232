package vault

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"bbgit/auth/secret"
)

// Some tests need processes of their own. They run this test binary again, with the name of a part in the environment.
const partVariable = "BBGIT_VAULT_TEST_PART"

// parts are what such a process can do. Its arguments are the words behind the part's name.
var parts = map[string]func(args []string) error{}

func TestMain(m *testing.M) {
	words := strings.Fields(os.Getenv(partVariable))
	if len(words) == 0 {
		os.Exit(m.Run())
	}
	if err := parts[words[0]](words[1:]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// command is this test binary as a part, in an environment without anything of the tester's.
func command(t *testing.T, part string, env ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary)
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), partVariable + "=" + part,
		"GORACE=atexit_sleep_ms=0", // each process of the race detector would sleep for a second at its end
	}, env...)
	return cmd
}

// throwAway makes a token that was never one.
func throwAway(name string) secret.Secret {
	return secret.New("ATAT-throw-away-" + name + strings.Repeat("x", 160))
}

// memory is a keyring that forgets with the test, and fails as the test wants.
type memory struct {
	mu     sync.Mutex
	items  map[string]string
	reads  int
	before func(operation string) error
	drop   bool // Set says yes and keeps nothing
}

func (m *memory) begin(operation string) (func(), error) {
	if m.before != nil {
		if err := m.before(operation); err != nil {
			return func() {}, err
		}
	}
	m.mu.Lock()
	if m.items == nil {
		m.items = map[string]string{}
	}
	return m.mu.Unlock, nil
}

func (m *memory) Get(service, name string) (string, error) {
	end, err := m.begin("get")
	defer end()
	if err != nil {
		return "", err
	}
	m.reads++
	if text, ok := m.items[service+"\x00"+name]; ok {
		return text, nil
	}
	return "", ErrNotFound
}

func (m *memory) Set(service, name, text string) error {
	end, err := m.begin("set")
	defer end()
	if err == nil && !m.drop {
		m.items[service+"\x00"+name] = text
	}
	return err
}

func (m *memory) Delete(service, name string) error {
	end, err := m.begin("delete")
	defer end()
	if err != nil {
		return err
	}
	if _, ok := m.items[service+"\x00"+name]; !ok {
		return ErrNotFound
	}
	delete(m.items, service+"\x00"+name)
	return nil
}

func (m *memory) DeleteAll(service string) error {
	end, err := m.begin("delete all")
	defer end()
	if err == nil {
		maps.DeleteFunc(m.items, func(name, _ string) bool { return strings.HasPrefix(name, service+"\x00") })
	}
	return err
}

var day = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)

// openMemory is a vault on a memory keyring, with a fixed clock.
func openMemory(t *testing.T) (*Vault, *memory) {
	t.Helper()
	m := &memory{}
	return Open(Options{Dir: t.TempDir() + "/bbgit", Keyring: m, Now: func() time.Time { return day }}), m
}
