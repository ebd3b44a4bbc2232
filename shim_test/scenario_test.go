//go:build unix

// Package shim_test plays whole stories with the built bbgit, a real git, a Bitbucket Cloud of our own behind
// https://bitbucket.org/…, a real keyring and a real pseudo-terminal.
//
// Each file in testdata is a story: a script that reads like a terminal session, and the files it needs
// (https://pkg.go.dev/github.com/rogpeppe/go-internal/testscript). It begins at the home of a person of its own, ~ =
// $WORK/home. Beside the standard commands there are
//
//	bitbucket repository you/thesis [public] [protect=BRANCH] [lfs=FILE] [submodule=OWNER/REPO]
//	bitbucket account you [reads=PATTERN] [writes=PATTERN]    writes=you/* when nothing is said
//	bitbucket api-token NAME ACCOUNT [SCOPE…]                 both scopes when none is named; no-scopes for none
//	bitbucket access-token NAME REPOSITORY [SCOPE…]
//	bitbucket app-password|old-app-password|account-password NAME ACCOUNT
//	bitbucket login NAME HOST USER                            a password for one of the other hosts
//	bitbucket revoke|expire NAME
//	bitbucket retire KIND ANSWER                              what all secrets of that kind are told
//	bitbucket fail redirect to=https://HOST […]               sends the client there
//	bitbucket fail ANSWER [repository=…] [service=…] [method=…] [times=…] [from=anyone|anonymous]
//	bitbucket heal                                            no more failures
//	bitbucket commit REPOSITORY BRANCH FILE                   somebody else's work
//	bitbucket ref REPOSITORY REF                              shows the commit there
//	bitbucket requests                                        shows the log of requests
//	bitbucket forget                                          empties it
//	old-clone REPOSITORY                                      ~/NAME, of https://OWNER@bitbucket.org, with a commit to push
//	keyring start|stop|lock|restart                           more in stores_test.go
//	newcomer                                                  nobody has offered to set up git yet; else it was, and is not again
//	ssh start                                                 everything is to be had over SSH as well; more in ssh_test.go
//	needs PROGRAM…                                            skips the story where one is not installed
//	secret NAME api-token|app-password                        one that Bitbucket has never seen
//	secret NAME OTHER LENGTH                                  the first letters of another one
//	fill FILE…                                                puts the secrets in
//	allow NAME PLACE                                          a secret may be seen there
//
// and $REALGIT, the path of git, and $NEWERGIT, that of one from 2.46 on, behind [newer-git]. A secret is called by its NAME: $NAME in the script and in dialogues, <NAME> in files and in whatever is shown. To
// run something there are
//
//	[!] run COMMAND…  [<FILE]        without a terminal; then stdout, stderr, cmp
//	[!] terminal COMMAND…  [<FILE]   at a terminal, with a person who follows the dialogue in FILE (see Terminal.Play)
//	[!] screen REGEXP                what the terminal showed last
//	[!] raw REGEXP                   the same with its escape codes, as it came
//	plain COLUMNS                    it fits so many, and nothing moved the cursor or coloured
//	exit N, signal NAME              how the last of these ended
//
// Use `run` and not `exec` wherever a secret is involved: `exec` knows only its placeholder.
//
// During a story every argument and environment of its processes is searched for its secrets again and again, and
// afterwards every file and everything shown. No secret may turn up where the story has not put it, be sent to another
// host, and nothing may be left running.
//
//	go test ./shim_test -run 'TestStories/push'
//	go test ./shim_test -update          write what was shown into the files that it is compared with
//	go test ./shim_test -bbgit PATH      try another bbgit
package shim_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"bbgit/shim_test/cloud"
	"bbgit/shim_test/stage"

	"github.com/rogpeppe/go-internal/testscript"
)

var (
	update = flag.Bool("update", false, "write what was shown into the files that it is compared with")
	binary = flag.String("bbgit", "", "a bbgit to try in place of the one from this module")
)

func TestMain(m *testing.M) {
	stage.LeaveTerminal()
	flag.Parse()
	os.Exit(withBinary(m.Run))
}

// withBinary builds bbgit once for all stories.
func withBinary(run func() int) int {
	dir, err := os.MkdirTemp("", "bbgit-stories")
	if err == nil {
		defer os.RemoveAll(dir)
		if *binary == "" {
			*binary, err = stage.Build(dir)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	os.Setenv("GOTMPDIR", dir) // testscript leaves an empty folder behind when -run has chosen some stories only
	return run()
}

func TestStories(t *testing.T) {
	testscript.RunT(&masked{T: t}, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireUniqueNames:  true,
		Setup:               raiseCurtain,
		Cmds:                commands,
		Condition:           condition,
		RequireExplicitExec: true,
		Deadline:            deadline(t),
	})
}

func deadline(t *testing.T) time.Time {
	end, _ := t.Deadline() // the zero value is none for testscript, too
	return end
}

// masked is a test whose log shows no secrets: testscript itself writes the differences of two files into it.
type masked struct {
	*testing.T
	story *story
}

func (m *masked) Log(args ...any) { m.T.Log(m.mask(fmt.Sprint(args...))) }

func (m *masked) Fatal(args ...any) { m.T.Fatal(m.mask(fmt.Sprint(args...))) }

func (m *masked) mask(text string) string {
	if m.story == nil {
		return text
	}
	return m.story.world.Secrets.Mask(text)
}

func (m *masked) Run(name string, do func(testscript.T)) {
	m.T.Run(name, func(t *testing.T) { do(&masked{T: t}) })
}

func (m *masked) Verbose() bool { return testing.Verbose() }

// story is what belongs to one script.
type story struct {
	t       *masked
	world   *stage.World
	cloud   *cloud.Cloud
	watcher *stage.Watcher
	keyring *stage.Keyring // nil when there is none
	pass    *stage.Pass    // likewise
	ssh     *stage.SSH

	behind string // the folder of the cloud, which the person does not see
	notes  string // another such folder
	screen string
	raw    string // with what the terminal obeys
	last   stage.Exit
}

type storyKey struct{}

// raiseCurtain gives a script its world and its cloud, and sees to the end of both.
func raiseCurtain(env *testscript.Env) error {
	m := env.T().(*masked)
	s := &story{t: m, behind: m.TempDir(), notes: m.TempDir()}
	var err error
	if s.cloud, err = cloud.Start(s.behind); err != nil {
		return err
	}
	env.Defer(func() { s.cloud.Close() })
	if s.world, err = stage.New(env.WorkDir, *binary); err != nil {
		return err
	}
	m.story = s
	s.watcher = s.world.Watch()
	env.Defer(s.dropCurtain)
	newer, _ := newerGit()
	env.Vars = append(append(env.Vars, s.world.Environ()...), "REALGIT="+s.world.Look("git"), "NEWERGIT="+newer)
	env.Cd = s.world.Home
	env.Values[storyKey{}] = s
	return s.world.Reach(s.cloud.ProxyURL(), s.cloud.Authority())
}

// dropCurtain checks what holds for every story.
func (s *story) dropCurtain() {
	s.watcher.Files()
	for _, seen := range s.watcher.Stop() {
		s.t.Error(seen)
	}
	for _, leak := range s.cloud.Leaks() {
		s.t.Errorf("a secret of Bitbucket's went elsewhere: %v", leak)
	}
	s.stopStores()
	if err := s.world.Close(); err != nil {
		s.t.Error(err)
	}
	if s.t.Failed() {
		s.report()
	}
}

// report tells what somebody who reads of a failure asks next.
func (s *story) report() {
	version, _ := exec.Command("git", "--version").Output()
	s.t.Logf("%sexit: %v\nrequests:\n%s", version, s.last, s.cloud.Log())
}
