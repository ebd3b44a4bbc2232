package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"bbgit/shim_test/cloud"
	"bbgit/shim_test/stage"
)

// A session is what a person types, and how its picture is called.
type session struct {
	file, title, about string
	dialogue           string // see stage.Terminal.Play; <token> stands for one that is good
}

const prompt = "$ "

// account is the person's name at Bitbucket.
const account = "ada"

var sessions = []session{
	{
		file:  "rescue.svg",
		title: "bbgit rescues a push",
		about: "A terminal. The person types git push. bbgit explains that Bitbucket no longer takes passwords and how to make an API token, " +
			"asks for one, and keeps it in the keyring. The push goes through. The next command asks nothing.",
		dialogue: `expect $
type git push -q
expect API token:
echo-off
type <token>
expect token accepted
expect $
type git pull
expect up to date
expect $
type exit
`,
	},
	{
		file:  "doctor.svg",
		title: "bbgit looks at what is not well",
		about: "A terminal. The person types git bitbucket doctor. It lists what is well, and what wants attention, " +
			"each with the command that mends it.",
		dialogue: `expect $
type git bitbucket doctor
expect --fix
expect $
type exit
`,
	},
}

// picture plays the session and draws it.
func (s session) picture() ([]byte, error) {
	screen, err := s.play()
	if err != nil {
		return nil, err
	}
	return draw(s.title, s.about, same(screen)), nil
}

// play is the screen after the session, without the end of it.
func (s session) play() (screen string, err error) {
	dir, err := os.MkdirTemp("", "bbgit-picture")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	world, closeWorld, err := scene(dir)
	defer func() { err = errors.Join(err, closeWorld()) }()
	if err != nil {
		return "", err
	}
	shell := world.Command("bash", "--noprofile", "--rcfile", filepath.Join(world.Home, ".bashrc"), "-i")
	shell.Dir = filepath.Join(world.Home, "thesis")
	terminal, err := world.Terminal(shell)
	if err != nil {
		return "", err
	}
	played := terminal.Play(s.dialogue)
	if played != nil {
		_ = terminal.HangUp()
	}
	if _, err := terminal.Wait(); played != nil || err != nil {
		return "", errors.Join(played, err)
	}
	if shown := world.Secrets.In(terminal.Raw()); len(shown) > 0 {
		return "", fmt.Errorf("the screen shows the secrets %q", shown)
	}
	screen, _, ended := strings.Cut(terminal.Screen(), prompt+"exit\n")
	if !ended {
		return "", errors.New("the session has no end")
	}
	return screen, nil
}

// scene is a person with an old clone, and an app password in a credential helper that Bitbucket no longer takes.
func scene(dir string) (world *stage.World, closeAll func() error, err error) {
	var toClose []func() error
	closeAll = func() (err error) {
		for i := len(toClose) - 1; i >= 0; i-- {
			err = errors.Join(err, toClose[i]())
		}
		return err
	}
	bitbucket, err := cloud.Start(dir)
	if err != nil {
		return nil, closeAll, err
	}
	toClose = append(toClose, bitbucket.Close)
	token, dead := cloud.NewAPIToken(), cloud.NewAppPassword()
	bitbucket.AddAccount(cloud.Account{Name: account, Access: map[string]cloud.Right{account + "/*": cloud.Write}})
	bitbucket.AddSecret(cloud.Secret{Label: "token", Value: token, Account: account, Scopes: cloud.ReadWrite})
	bitbucket.AddSecret(cloud.Secret{Label: "dead", Value: dead, Kind: cloud.AppPassword, Account: account})
	if err := bitbucket.AddRepository(cloud.Repository{Workspace: account, Name: "thesis"}); err != nil {
		return nil, closeAll, err
	}
	program, err := stage.Build(dir)
	if err != nil {
		return nil, closeAll, err
	}
	if world, err = stage.New(filepath.Join(dir, account), program); world != nil {
		toClose = append(toClose, world.Close)
	}
	if err != nil {
		return nil, closeAll, err
	}
	world.Secrets.Add("token", token)
	world.Secrets.Add("dead", dead)
	variables, stop, err := stage.StartKeyring(filepath.Join(dir, "keyring"))
	if err != nil {
		return nil, closeAll, err
	}
	toClose = append(toClose, func() error { stop(); return nil })
	world.Import(variables)
	world.Setenv("HISTFILE", "")
	world.Setenv("SHELL", "/bin/bash")
	world.Setenv("EDITOR", "")
	_, err = world.OldClone(filepath.Join(dir, "repositories", account, "thesis.git"), account+"/thesis")
	return world, closeAll, errors.Join(err,
		world.Reach(bitbucket.ProxyURL(), bitbucket.Authority()),
		world.Configure("credential.helper", "store"),
		os.WriteFile(filepath.Join(world.Home, ".git-credentials"), []byte("https://"+account+":"+dead+"@bitbucket.org\n"), 0o600),
		os.WriteFile(filepath.Join(world.Home, ".bashrc"), []byte("alias git=bbgit\nPS1='"+prompt+"'\n"), 0o600),
	)
}

// volatile is what differs from one machine and day to the next, and what stands there instead.
var volatile = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`ok: Git goes through the proxy .*\n`), ""}, // the way to this Bitbucket
	{regexp.MustCompile(`\[[#-]{20}\] .*\n`), ""},                   // shown where it takes longer than a second
	{regexp.MustCompile(`git \d+(\.\d+)+, at \S+\.`), "git 2.51.0, at /usr/bin/git."},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d`), "2026-11-24"},
	{regexp.MustCompile(`(AT[A-Z]{2}…)\w{4}`), "${1}1A2B"},
}

func same(screen string) string {
	for _, v := range volatile {
		screen = v.pattern.ReplaceAllString(screen, v.instead)
	}
	return screen
}
