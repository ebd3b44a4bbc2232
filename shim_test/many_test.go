//go:build linux

package shim_test

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"bbgit/shim_test/cloud"
	"bbgit/shim_test/need"
	"bbgit/shim_test/stage"
)

// A leak shows in numbers. The sizes are small where all tests run; on demand
//
//	go test ./shim_test -run TestNothingPilesUp -v -timeout 3h -forwarded 10000 -rescued 1000
var (
	forwarded = flag.Int("forwarded", 40, "how many commands TestNothingPilesUp has forwarded")
	rescued   = flag.Int("rescued", 3, "how many commands TestNothingPilesUp has rescued")
)

// TestNothingPilesUp runs many commands one after the other. What there is after the first of them, there is after the
// last one: no other file, no more of a process, no larger process, nothing more in the keyring.
func TestNothingPilesUp(t *testing.T) {
	t.Parallel()
	need.Programs(t, need.Keyring...)
	m := newMany(t)
	m.rescue()
	m.forward(0)
	before := m.files()
	var rescues, daemon []int
	for i := range *rescued {
		rescues = append(rescues, m.rescue())
		daemon = append(daemon, m.daemon())
		if (i+1)%100 == 0 {
			t.Logf("%d rescued", i+1)
		}
	}
	for i := range *forwarded {
		m.forward(i)
	}
	if after := m.files(); !maps.Equal(after, before) {
		t.Errorf("%d files were there before, and now %d:\n%v\n%v", len(before), len(after), before, after)
	}
	if items, err := m.keyring.Items(); err != nil || items != 0 {
		t.Errorf("%d secrets stay in the keyring, %v", items, err)
	}
	t.Logf("%d forwarded, %d rescued, %d files before and after", *forwarded, *rescued, len(before))
	if first, last := ends(rescues); last > first+first/4 {
		t.Errorf("a rescue took %d KiB at first, and %d in the end", first, last)
	} else {
		t.Logf("largest process of a rescue: %d KiB at first, %d in the end", first, last)
	}
	// gnome-keyring grows by itself: by 10 KiB each time that secret-tool stores, looks up and clears a secret (42.1,
	// 600 times). No more than that may be ours, which numbers as small as those of a test cannot show.
	first, last := ends(daemon)
	t.Logf("gnome-keyring: %d KiB at first, %d in the end", first, last)
	m.close()
}

// ends are the largest sizes of the first third and of the last.
func ends(sizes []int) (first, last int) {
	third := (len(sizes) + 2) / 3
	return slices.Max(sizes[:third]), slices.Max(sizes[len(sizes)-third:])
}

// many is a person with an old clone and a dead app password, again and again.
type many struct {
	t       *testing.T
	world   *stage.World
	keyring *stage.Keyring
	clone   string
	dead    string
}

func newMany(t *testing.T) *many {
	t.Helper()
	behind := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	bb, err := cloud.Start(behind)
	must(err)
	t.Cleanup(func() { bb.Close() })
	must(bb.AddRepository(cloud.Repository{Workspace: "you", Name: "thesis"}))
	bb.AddAccount(cloud.Account{Name: "you", Access: map[string]cloud.Right{"you/*": cloud.Write}})
	m := &many{t: t, dead: cloud.NewAppPassword()}
	token := cloud.NewAPIToken()
	bb.AddSecret(cloud.Secret{Label: "DEAD", Value: m.dead, Kind: cloud.AppPassword, Account: "you"})
	bb.AddSecret(cloud.Secret{Label: "TOKEN", Value: token, Account: "you", Scopes: cloud.ReadWrite})
	m.world, err = stage.New(t.TempDir(), *binary)
	must(err)
	t.Cleanup(func() { m.world.Close() })
	m.world.Secrets.Add("TOKEN", token)
	must(m.world.Reach(bb.ProxyURL(), bb.Authority()))
	must(m.world.Configure("credential.helper", "store"))
	must(m.world.Answered())
	m.keyring, err = stage.OpenKeyring(m.world.Runtime)
	must(err)
	t.Cleanup(m.keyring.Stop)
	m.world.Import(m.keyring.Environ())
	m.clone, err = m.world.OldClone(filepath.Join(behind, "repositories", "you/thesis.git"), "you/thesis")
	must(err)
	return m
}

// rescue has a command refused, and a token pasted. It returns the size of the largest process, in KiB.
func (m *many) rescue() int {
	m.t.Helper()
	store := filepath.Join(m.world.Home, ".git-credentials")
	if err := os.WriteFile(store, []byte("https://you:"+m.dead+"@bitbucket.org\n"), 0o600); err != nil {
		m.t.Fatal(err)
	}
	cmd := m.command("fetch")
	terminal, err := m.world.Terminal(cmd)
	if err != nil {
		m.t.Fatal(err)
	}
	if err := terminal.Play("expect API token:\necho-off\ntype <TOKEN>\n"); err != nil {
		m.t.Fatal(err)
	}
	if end, err := terminal.Wait(); err != nil || end != (stage.Exit{}) {
		m.t.Fatalf("%v, %v\n%s", end, err, m.world.Secrets.Mask(terminal.Screen()))
	}
	if items, err := m.keyring.Items(); err != nil || items != 1 {
		m.t.Fatalf("%d secrets in the keyring after a rescue, %v\n%s", items, err, m.world.Secrets.Mask(terminal.Screen()))
	}
	if out, err := m.command("bitbucket", "logout").CombinedOutput(); err != nil {
		m.t.Fatalf("logout: %v\n%s", err, out)
	}
	return int(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
}

// daemon is the size of the keyring's process, in KiB.
func (m *many) daemon() int {
	m.t.Helper()
	size, err := m.keyring.Memory()
	if err != nil {
		m.t.Fatal(err)
	}
	return size
}

// forward hands over, lends, and stays, in turns.
func (m *many) forward(i int) {
	m.t.Helper()
	lines := [][]string{{"version"}, {"rev-parse", "HEAD"}, {"ls-remote", "."}, {"-c", "alias.x=!true", "x"}}
	if out, err := m.command(lines[i%len(lines)]...).CombinedOutput(); err != nil {
		m.t.Fatalf("%q: %v\n%s", lines[i%len(lines)], err, out)
	}
}

func (m *many) command(args ...string) *exec.Cmd {
	cmd := m.world.Command("bbgit", args...)
	cmd.Dir = m.clone
	return cmd
}

// files are all files and folders that the person has, those of bbgit with their sizes.
func (m *many) files() map[string]int64 {
	found := map[string]int64{}
	for _, root := range []string{m.world.Home, m.world.Tmp, m.world.Runtime} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			found[path] = 0
			info, err := entry.Info()
			if err == nil && entry.Type().IsRegular() && filepath.Base(filepath.Dir(path)) == "bbgit" {
				found[path] = info.Size()
			}
			return err
		})
		if err != nil {
			m.t.Error(err)
		}
	}
	return found
}

// close says what was left running.
func (m *many) close() {
	m.keyring.Stop()
	if err := m.world.Close(); err != nil {
		m.t.Error(err)
	}
}
