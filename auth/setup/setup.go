package setup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"bbgit/auth/envconfig"
	"bbgit/auth/realgit"
	"bbgit/auth/textfile"
)

// A Plan is what Write would do.
type Plan struct {
	Program Program
	File    string   // the file that git itself would write
	Lines   []string // what would be added at its end, without the comment
	Done    bool     // git asks bbgit already, and tells no other helper: nothing is to be done

	git *realgit.Git
}

// Make finds out what is to be written, and where. It changes nothing.
func Make(ctx context.Context, git *realgit.Git, program Program) (Plan, error) {
	_, file, err := git.GlobalFiles(ctx)
	if err != nil {
		return Plan{}, err
	}
	entries, err := git.AllSettings(ctx)
	if err != nil {
		return Plan{}, err
	}
	helper := envconfig.HelperCommand(program.Path)
	return Plan{Program: program, File: file, Lines: Lines(helper), Done: done(everywhere(entries), program), git: git}, nil
}

// everywhere are the settings that hold in every folder.
func everywhere(entries []realgit.Entry) (list []realgit.Entry) {
	for _, e := range entries {
		if e.Scope == "system" || e.Scope == "global" {
			list = append(list, e)
		}
	}
	return list
}

// done wants the very program, or one that is the same file: whoever calls it by
// another of its names has no reason to have it changed.
func done(entries []realgit.Entry, program Program) bool {
	ours, others := realgit.Installed(entries)
	if !ours || len(others) > 0 {
		return false
	}
	last := ""
	for _, e := range entries {
		if realgit.NamesHelper(e.Key) && realgit.KeepingHelper(e.Value).IsOurs() {
			last = e.Value
		}
	}
	return last == envconfig.HelperCommand(program.Path) || program.isAt(realgit.ProgramOf(last))
}

// Write adds the lines, and takes out what an earlier set-up has left. Git must
// read in the new text what it read in the old one, and our lines, or the file
// stays as it is.
func (p Plan) Write(ctx context.Context) error {
	helper := envconfig.HelperCommand(p.Program.Path)
	return p.change(ctx, p.File, func(text string, exists bool) (string, bool, error) {
		rest, _, made := removed(text)
		return added(rest, helper, exists && !made), false, nil
	}, envconfig.HelperSettings(helper)...)
}

// Undo takes our lines out of the person's global configuration, and tells out of
// which files. A file that was made for them is removed.
func Undo(ctx context.Context, git *realgit.Git) (files []string, err error) {
	all, _, err := git.GlobalFiles(ctx)
	if err != nil {
		return nil, err
	}
	p := Plan{git: git}
	for _, file := range all {
		if text, err := os.ReadFile(file); errors.Is(err, fs.ErrNotExist) {
			continue
		} else if _, found, _ := removed(string(text)); err == nil && !found {
			continue
		}
		err := p.change(ctx, file, func(text string, _ bool) (string, bool, error) {
			rest, _, made := removed(text)
			return rest, made, nil
		})
		if err != nil {
			return files, err
		}
		files = append(files, file)
	}
	return files, nil
}

// change checks with git itself what has become of the file's settings.
func (p Plan) change(ctx context.Context, file string, edit textfile.Edit, more ...envconfig.Setting) error {
	var wanted []realgit.Entry
	before := func(text string, exists bool) (after string, remove bool, err error) {
		if exists {
			entries, err := p.git.SettingsOf(ctx, file)
			if err != nil {
				return "", false, err
			}
			wanted = realgit.WithoutOurs(entries)
		}
		for _, s := range more {
			wanted = append(wanted, realgit.Entry{Key: s.Key, Value: s.Value})
		}
		return edit(text, exists)
	}
	return textfile.Change(file, before, func(written string) error {
		entries, err := p.git.SettingsOf(ctx, written)
		if err != nil {
			return err
		}
		if !same(entries, wanted) {
			return fmt.Errorf("%s is written in a way that its end cannot be added to; it was left as it is", file)
		}
		return nil
	})
}
