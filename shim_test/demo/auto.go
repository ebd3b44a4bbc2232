package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bbgit/shim_test/stage"
)

const answer = `expect API token:
echo-off
type <token>
`

// play acts the story out, and checks what came of it.
func (s *scene) play(ctx context.Context) error {
	s.world.Show = os.Stdout
	if s.noKeyring != "" {
		fmt.Printf("There is no keyring here: %s.\nSo the token serves one command only.\n\n", s.noKeyring)
	}
	if _, err := s.at(ctx, "thesis", answer, "push"); err != nil {
		return err
	}
	if err := s.arrived(); err != nil {
		return err
	}
	if err := s.nextOne(ctx); err != nil {
		return err
	}
	fmt.Println("\nThe push has arrived, and the token was shown nowhere.")
	return nil
}

// nextOne runs a command in the other clone, which needs no question when the token was kept.
func (s *scene) nextOne(ctx context.Context) error {
	if s.noKeyring != "" {
		_, err := s.at(ctx, "notes", answer, "fetch")
		return err
	}
	screen, err := s.at(ctx, "notes", "", "fetch")
	if err == nil && screen != "" {
		return errors.New("the second command was not silent")
	}
	return err
}

// at runs a command in a clone, on a terminal of its own.
func (s *scene) at(ctx context.Context, clone, dialogue string, args ...string) (screen string, err error) {
	fmt.Printf("~/%s $ git %s\n", clone, strings.Join(args, " "))
	cmd := s.world.Command("bbgit", args...)
	cmd.Dir = filepath.Join(s.world.Home, clone)
	terminal, err := s.world.Terminal(cmd)
	if err != nil {
		return "", err
	}
	stop := context.AfterFunc(ctx, func() { _ = terminal.HangUp() })
	defer stop()
	played := terminal.Play(dialogue)
	if played != nil {
		_ = terminal.HangUp()
	}
	exit, err := terminal.Wait()
	switch {
	case ctx.Err() != nil:
		return "", errors.New("interrupted")
	case played != nil || err != nil:
		return "", errors.Join(played, err)
	case exit != stage.Exit{}:
		return "", fmt.Errorf("git %s: %v", strings.Join(args, " "), exit)
	case len(s.world.Secrets.In(terminal.Raw())) > 0:
		return "", errors.New("the screen shows the token")
	}
	return terminal.Screen(), nil
}

// arrived compares what Bitbucket has with the clone.
func (s *scene) arrived() error {
	head, err := s.world.Command("git", "-C", filepath.Join(s.world.Home, "thesis"), "rev-parse", "HEAD").Output()
	if err != nil {
		return err
	}
	there, err := s.cloud.Ref(account+"/thesis", "refs/heads/main")
	if err == nil && strings.TrimSpace(there) != strings.TrimSpace(string(head)) {
		return errors.New("the push has not arrived")
	}
	return err
}
