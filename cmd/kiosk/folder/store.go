//go:build unix

package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"oneshot/ui/keeping"
)

// Store is a folder as a keeping.Store. Files are read and written by a goroutine of its own, one call after the other.
type Store struct {
	dir  string
	post func(func()) // calls a function where the store's user wants to be called
	work chan func()
}

var _ keeping.Store = (*Store)(nil)

// queue is how many calls may wait: far more than a page makes.
const queue = 1024

// Open makes a store of a folder, which it creates if it is not there. Answers are handed to post, which may be called
// from any goroutine.
func Open(dir string, post func(func())) (*Store, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("folder: %w", err)
	}
	s := &Store{dir: dir, post: post, work: make(chan func(), queue)}
	go func() {
		for f := range s.work {
			f()
		}
	}()
	return s, nil
}

// Close ends the store once everything before it is done.
func (s *Store) Close() { close(s.work) }

// suffix ends the names of files that hold values: sets are zip files.
func suffix(key string) string {
	if strings.HasPrefix(key, "set/") {
		return ".zip"
	}
	return ".value"
}

// path is the file of a key.
func (s *Store) path(key string) (string, error) {
	if err := checkKey(key); err != nil {
		return "", err
	}
	return filepath.Join(s.dir, filepath.FromSlash(key)+suffix(key)), nil
}

// checkKey refuses keys that could be files outside of the folder, or of no value.
func checkKey(key string) error {
	for part := range strings.SplitSeq(key, "/") {
		if strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || part == "" {
			return fmt.Errorf("folder: key %.80q: want parts of a-z, 0-9 and -", key)
		}
	}
	return nil
}

// Get implements keeping.Store.
func (s *Store) Get(keys []string, done func([][]byte, error)) {
	s.work <- func() {
		values := make([][]byte, len(keys))
		for i, k := range keys {
			path, err := s.path(k)
			if err == nil {
				values[i], err = os.ReadFile(path)
			}
			if errors.Is(err, fs.ErrNotExist) {
				values[i], err = nil, nil
			} else if err == nil && values[i] == nil {
				values[i] = []byte{}
			}
			if err != nil {
				s.post(func() { done(nil, kind(err)) })
				return
			}
		}
		s.post(func() { done(values, nil) })
	}
}

// Keys implements keeping.Store.
func (s *Store) Keys(done func([]string, error)) {
	s.work <- func() {
		keys, err := s.keys()
		s.post(func() { done(keys, kind(err)) })
	}
}

func (s *Store) keys() ([]string, error) {
	var keys []string
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(s.dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		key := strings.TrimSuffix(strings.TrimSuffix(name, ".value"), ".zip")
		if own, err := s.path(key); err == nil && own == path {
			keys = append(keys, key)
		}
		return nil // other files are somebody else's
	})
	return keys, err
}

// Put implements keeping.Store.
func (s *Store) Put(changes []keeping.Change, done func(error)) {
	s.work <- func() {
		err := s.change(changes)
		s.post(func() { done(kind(err)) })
	}
}

// Erase implements keeping.Store. Files that the store has not made stay.
func (s *Store) Erase(done func(error)) {
	s.work <- func() {
		keys, err := s.keys()
		var changes []keeping.Change
		for _, k := range keys {
			changes = append(changes, keeping.Change{Key: k})
		}
		if err == nil {
			err = s.change(changes)
		}
		s.post(func() { done(kind(err)) })
	}
}

// Persist implements keeping.Store: nobody throws files away.
func (s *Store) Persist(done func(bool)) { s.post(func() { done(true) }) }

// After implements keeping.Store.
func (s *Store) After(d time.Duration, f func()) { time.AfterFunc(d, func() { s.post(f) }) }

// kind is an error of the system as one that the page has words for.
func kind(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %w", keeping.ErrFull, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", keeping.ErrDenied, err)
	}
	return err
}
