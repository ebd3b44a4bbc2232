package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// fileStore is a file that only its owner can read, and that is not encrypted. Whoever calls holds the lock of the
// vault; readers need none, because the file is only ever replaced as a whole.
type fileStore string

func (f fileStore) Get(_ context.Context, name string) (string, error) {
	texts, err := f.read()
	if err != nil {
		return "", err
	}
	text, ok := texts[name]
	if !ok {
		return "", ErrNotFound
	}
	return text, nil
}

func (f fileStore) Set(_ context.Context, name, text string) error {
	texts, err := f.read()
	if err != nil {
		return err
	}
	texts[name] = text
	return f.write(texts)
}

func (f fileStore) Delete(_ context.Context, name string) error {
	texts, err := f.read()
	if err != nil {
		return err
	}
	if _, ok := texts[name]; !ok {
		return ErrNotFound
	}
	delete(texts, name)
	return f.write(texts)
}

func (f fileStore) DeleteAll(context.Context, []string) error {
	for _, path := range []string{string(f), Temporary(string(f))} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%w: %w", ErrUnusable, err)
		}
	}
	return nil
}

// read is what the file holds, and nothing where there is no file. A file that others may read, after a copy or a
// restored backup, is closed to them first: what has been seen cannot be helped, but what comes can.
func (f fileStore) read() (map[string]string, error) {
	info, err := os.Stat(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]string{}, nil
	}
	if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		err = os.Chmod(string(f), 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnusable, err)
	}
	data, err := os.ReadFile(string(f))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnusable, err)
	}
	texts := map[string]string{}
	if json.Unmarshal(data, &texts) != nil || texts == nil { // its error may quote a secret; "null" is no error
		return nil, fmt.Errorf("%w: %s", ErrDamaged, f)
	}
	return texts, nil
}

// write replaces the file, or removes it with its last text.
func (f fileStore) write(texts map[string]string) error {
	if len(texts) == 0 {
		return f.DeleteAll(context.Background(), nil)
	}
	data, err := json.MarshalIndent(maps.Clone(texts), "", "  ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(string(f)), 0o700)
	}
	if err == nil {
		err = Replace(string(f), append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnusable, err)
	}
	return nil
}

// Temporary is the name under which Replace writes. It is fixed, so that nothing piles up.
func Temporary(path string) string { return path + ".new" }

// Replace puts a file that only its owner can read in place of another one. Killed at any moment, or without power, it
// leaves the old file or the new one: the text is on the disk before the name points to it.
func Replace(path string, text []byte) error {
	temporary := Temporary(path)
	if err := WriteSynced(temporary, text); err != nil {
		return err
	}
	if err := rename(temporary, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// WriteSynced writes a file that only its owner can read, and waits until it is on the disk. One that has the name
// already is removed and not written into: others may be able to read it, or it may be a link to somewhere else.
func WriteSynced(path string, text []byte) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Sync(), file.Close())
}

// syncFolder has the new name on the disk as well. Windows cannot, and some file systems on a network will not: then
// the old file may come back after a power cut, which is whole, too.
func syncFolder(path string) error {
	if folder, err := os.Open(path); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
	return nil
}

// renamePause is the time between two tries on Windows.
const renamePause = 20 * time.Millisecond

// rename tries again for a moment on Windows, which refuses while another process reads the old file.
func rename(from, to string) error {
	err := os.Rename(from, to)
	for range 50 {
		if err == nil || runtime.GOOS != "windows" {
			break
		}
		time.Sleep(renamePause)
		err = os.Rename(from, to)
	}
	return err
}
