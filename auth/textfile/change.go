// Package textfile changes text files of the person's, such as git's configuration,
// as git changes its own.
package textfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// NotWritable says that a file cannot be changed, or is not meant to be: it
// belongs to a program that writes the whole of it, such as home-manager.
type NotWritable struct {
	File string // as the person knows it
	Err  error
}

func (n *NotWritable) Error() string { return n.File + " cannot be changed: " + n.Err.Error() }
func (n *NotWritable) Unwrap() error { return n.Err }

// An Edit makes another text of a file's; exists is false where there is no file.
// It may also want the file removed.
type Edit func(text string, exists bool) (after string, remove bool, err error)

// TestOnlyStep is called before each step of a change, so that a test can die
// there.
var TestOnlyStep = func(step string) {}

// Change gives a file another text, as git does: the new text is written into
// FILE.lock, which keeps every git from changing it meanwhile, and that takes the
// file's place. Whoever reads it sees the old text or the new one, even where this
// process is killed. A link stays one; so do the permissions. check is given the
// lock file's path before it counts; nil: nothing is checked.
func Change(file string, edit Edit, check func(written string) error) error {
	target, err := resolve(file)
	if err != nil {
		return err
	}
	TestOnlyStep("lock")
	lock, err := takeLock(target + ".lock")
	if err != nil {
		return blame(file, err)
	}
	ours := true // once it has become the file, what has the lock's name is somebody else's
	defer func() {
		lock.Close()
		if ours {
			os.Remove(lock.Name())
		}
	}()
	text, mode, err := read(target)
	exists := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return blame(file, err)
	}
	if exists && mode&0o200 == 0 {
		return &NotWritable{file, errors.New("it is not meant to be written (no permission to write)")}
	}
	after, remove, err := edit(text, exists)
	switch {
	case err != nil:
		return err
	case remove:
		TestOnlyStep("remove")
		return os.Remove(target)
	case after == text && exists:
		return nil
	}
	if err := fill(lock, after, mode, exists); err != nil {
		return fmt.Errorf("writing %s: %w", lock.Name(), err)
	}
	if check != nil {
		if err := check(lock.Name()); err != nil {
			return err
		}
	}
	TestOnlyStep("rename")
	if err := os.Rename(lock.Name(), target); err != nil {
		return err
	}
	ours = false
	TestOnlyStep("renamed")
	return nil
}

func fill(lock *os.File, text string, mode fs.FileMode, exists bool) error {
	if exists { // before anything is in it: the file may hold passwords, as .netrc does
		if err := os.Chmod(lock.Name(), mode.Perm()); err != nil {
			return err
		}
	}
	half := len(text) / 2
	if _, err := lock.WriteString(text[:half]); err != nil {
		return err
	}
	TestOnlyStep("half")
	if _, err := lock.WriteString(text[half:]); err != nil {
		return err
	}
	if err := lock.Sync(); err != nil {
		return err
	}
	return lock.Close() // Windows cannot rename an open file
}

func read(file string) (text string, mode fs.FileMode, err error) {
	info, err := os.Stat(file)
	if err != nil {
		return "", 0, err
	}
	if !info.Mode().IsRegular() {
		return "", 0, errors.New("it is no file")
	}
	content, err := os.ReadFile(file)
	return string(content), info.Mode(), err
}

// deepestLink is how many links git follows to a file that it changes
// (lockfile.c, MAXDEPTH).
const deepestLink = 5

// resolve follows links, the last of which may lead to a file that is not there.
func resolve(file string) (string, error) {
	for range deepestLink {
		info, err := os.Lstat(file)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode()&fs.ModeSymlink == 0 {
			return file, nil
		}
		if err != nil {
			return "", err
		}
		to, err := os.Readlink(file)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(file), to)
		}
		file = to
	}
	return "", fmt.Errorf("%s: too many links", file)
}

// Another git holds the lock for milliseconds.
const (
	lockTries = 20
	lockPause = 50 * time.Millisecond
)

func takeLock(name string) (lock *os.File, err error) {
	for range lockTries {
		lock, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return lock, err
		}
		time.Sleep(lockPause)
	}
	return nil, fmt.Errorf("another program is changing it: %s is there. If none is running, remove that file", name)
}

// blame tells a file that cannot be changed from other errors.
func blame(file string, err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return &NotWritable{file, err}
	}
	return fmt.Errorf("changing %s: %w", file, err)
}
