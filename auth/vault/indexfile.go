package vault

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"bbgit/auth/store"
)

// indexFile is the index on the disk. Reading needs no lock, because a file is only ever replaced as a whole.
type indexFile struct {
	dir string
}

func (f indexFile) path() string { return filepath.Join(f.dir, "accounts.json") }

// lockPoll is the pause between two looks at a lock that another bbgit holds. flock cannot wait and watch a context.
const lockPoll = 20 * time.Millisecond

// lock takes the one lock that guards every change, of the keyring too, or fails when ctx ends.
func (f indexFile) lock(ctx context.Context) (unlock func(), err error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrList, err)
	}
	lock := flock.New(filepath.Join(f.dir, "accounts.lock"), flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, lockPoll); err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, fmt.Errorf("%w: %w", ErrList, err)
	}
	return func() { _ = lock.Unlock() }, nil
}

// read returns the index. No file: nothing was ever kept. A file that is not an index (a full disk, a power cut, an
// editor): an empty one that knows that something is missing; write keeps the damaged file.
func (f indexFile) read() (index, error) {
	text, err := os.ReadFile(f.path())
	if errors.Is(err, fs.ErrNotExist) {
		return index{}, nil
	}
	if err != nil {
		return index{}, fmt.Errorf("%w: %w", ErrList, err)
	}
	x, err := parse(text)
	if err != nil {
		return index{Rebuilt: true}, nil
	}
	return x, nil
}

func parse(text []byte) (x index, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&x); err != nil {
		return index{}, err
	}
	if decoder.More() {
		return index{}, errors.New("more than one value")
	}
	return x, nil
}

// write replaces the file under the lock.
func (f indexFile) write(x index) error {
	text, err := json.MarshalIndent(x, "", "  ")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrList, err)
	}
	if err := f.keepDamaged(); err != nil {
		return fmt.Errorf("%w: %w", ErrList, err)
	}
	if err := store.Replace(f.path(), append(text, '\n')); err != nil {
		return fmt.Errorf("%w: %w", ErrList, err)
	}
	return nil
}

// keepDamaged copies a file that cannot be read to accounts.json.damaged. A copy and not a new name: between the two
// there would be no file, and a reader would believe that nothing was ever kept. The first copy is never overwritten;
// it is the one with the person's accounts in it.
func (f indexFile) keepDamaged() error {
	text, err := os.ReadFile(f.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	damaged := f.path() + ".damaged"
	if _, err := parse(text); err == nil || exists(damaged) {
		return nil
	}
	return store.WriteSynced(damaged, text)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
