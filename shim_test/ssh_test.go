//go:build unix

package shim_test

import (
	"path/filepath"
	"strings"

	"bbgit/shim_test/need"
	"bbgit/shim_test/stage"

	"github.com/rogpeppe/go-internal/testscript"
)

// ssh makes the repositories reachable over SSH, by the real name of every host:
//
//	ssh start                     the person has a key that the server knows, and trusts the server
//	ssh key mine|stranger|locked|none
//	ssh host-key host|stranger|none   which one the person remembers
//	ssh unreachable|reachable
//	ssh name NAME HOST            a name of the person's own for a host
//	ssh refuse REPOSITORY TEXT    what the server says instead of serving it
//	ssh served                    shows what it was asked for by those whom it let in
//	ssh forget                    empties that
func (s *story) sshCommand(ts *testscript.TestScript, args []string) {
	switch strings.Join(args, " ") {
	case "start":
		s.startSSH(ts)
		return
	case "served":
		text, err := s.ssh.Served()
		ts.Check(err)
		ts.Stdout().Write([]byte(text))
		return
	case "forget":
		ts.Check(s.ssh.Forget())
		return
	}
	if s.ssh == nil || !changeSSH(s.ssh, args) {
		ts.Fatalf("usage: ssh start, and then key, host-key, unreachable, reachable, name, refuse, served, forget")
	}
	ts.Check(s.ssh.Write())
}

func (s *story) startSSH(ts *testscript.TestScript) {
	need.Programs(s.t, stage.SSHPrograms...)
	var err error
	s.ssh, err = stage.NewSSH(filepath.Join(s.behind, "ssh"), filepath.Join(s.behind, "repositories"))
	ts.Check(err)
	command, err := s.ssh.Command()
	ts.Check(err)
	ts.Setenv("GIT_SSH_COMMAND", command)
	ts.Check(s.world.Configure("protocol.ssh.allow", "always"))
}

func changeSSH(way *stage.SSH, args []string) bool {
	none := func(name string) string { return strings.TrimSuffix(name, "none") }
	switch {
	case len(args) == 2 && args[0] == "key":
		way.Identity = none(args[1])
	case len(args) == 2 && args[0] == "host-key":
		way.Known = none(args[1])
	case len(args) == 1 && args[0] == "unreachable":
		way.Unreachable = true
	case len(args) == 1 && args[0] == "reachable":
		way.Unreachable = false
	case len(args) == 3 && args[0] == "name":
		way.Names[args[1]] = args[2]
	case len(args) == 3 && args[0] == "refuse":
		way.Refusals[args[1]] = args[2]
	default:
		return false
	}
	return true
}
