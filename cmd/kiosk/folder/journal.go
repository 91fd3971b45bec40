//go:build unix

package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"oneshot/ui/keeping"
)

// Names of files that hold no value: no key begins with a point.
const (
	journalName = ".journal"
	tempPrefix  = ".new-"
)

// step is one line of the journal: a file that takes its place, or with no Temp a key that goes.
type step struct {
	Temp string `json:"temp,omitempty"`
	Key  string `json:"key"`
}

// change makes changes, all or none. What a change before it has left half way is ended first.
func (s *Store) change(changes []keeping.Change) error {
	if err := s.recover(); err != nil {
		return err
	}
	steps, err := s.prepare(changes)
	if err != nil {
		return errors.Join(err, s.clear())
	}
	return s.perform(steps)
}

// prepare writes the files of a change and its journal. With that the change is made: whatever happens now, recover ends
// it.
func (s *Store) prepare(changes []keeping.Change) ([]step, error) {
	var steps []step
	for i, c := range changes {
		if _, err := s.path(c.Key); err != nil {
			return nil, err
		}
		st := step{Key: c.Key}
		if c.Value != nil {
			st.Temp = tempPrefix + strconv.Itoa(i)
		}
		steps = append(steps, st)
		if c.Value != nil {
			if err := write(filepath.Join(s.dir, st.Temp), c.Value); err != nil {
				return nil, fmt.Errorf("folder: %s: %w", c.Key, err)
			}
		}
	}
	b, err := json.Marshal(steps)
	if err != nil {
		return nil, fmt.Errorf("folder: journal: %w", err)
	}
	temp := filepath.Join(s.dir, tempPrefix+"journal")
	if err := write(temp, b); err != nil {
		return nil, fmt.Errorf("folder: journal: %w", err)
	}
	if err := os.Rename(temp, filepath.Join(s.dir, journalName)); err != nil {
		return nil, fmt.Errorf("folder: journal: %w", err)
	}
	return steps, nil
}

// perform does what a journal says, as far as it is not done yet, and removes the journal.
func (s *Store) perform(steps []step) error {
	if err := flush(s.dir); err != nil {
		return fmt.Errorf("folder: journal: %w", err)
	}
	folders := map[string]bool{s.dir: true}
	for _, st := range steps {
		path, err := s.path(st.Key)
		if err != nil {
			return err
		}
		if st.Temp == "" {
			switch err := os.Remove(path); {
			case err == nil:
				folders[filepath.Dir(path)] = true
			case !errors.Is(err, fs.ErrNotExist):
				return fmt.Errorf("folder: %s: %w", st.Key, err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("folder: %s: %w", st.Key, err)
		}
		err = os.Rename(filepath.Join(s.dir, st.Temp), path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // else it was renamed before the program died
			return fmt.Errorf("folder: %s: %w", st.Key, err)
		}
		folders[filepath.Dir(path)] = true
	}
	for f := range folders {
		if err := flush(f); err != nil {
			return fmt.Errorf("folder: %w", err)
		}
	}
	if err := os.Remove(filepath.Join(s.dir, journalName)); err != nil {
		return fmt.Errorf("folder: journal: %w", err)
	}
	return nil
}

// recover ends what a program that died has begun, and clears away what it had not got to.
func (s *Store) recover() error {
	name := filepath.Join(s.dir, journalName)
	b, err := os.ReadFile(name)
	switch {
	case err == nil:
		steps, err := readJournal(b)
		if err != nil { // it was renamed when it was whole, so somebody else wrote this: nothing in it is done
			if err := os.Rename(name, name+"-damaged"); err != nil {
				return fmt.Errorf("folder: journal: %w", err)
			}
			break
		}
		if err := s.perform(steps); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("folder: journal: %w", err)
	}
	return s.clear()
}

// clear removes files that belong to no journal.
func (s *Store) clear() error {
	left, err := filepath.Glob(filepath.Join(s.dir, tempPrefix+"*"))
	if err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	for _, f := range left {
		if err := os.Remove(f); err != nil {
			return fmt.Errorf("folder: %w", err)
		}
	}
	return nil
}

// readJournal reads a journal. A step moves no other files than those of this package, to no other places than those of keys.
func readJournal(b []byte) ([]step, error) {
	var steps []step
	if err := json.Unmarshal(b, &steps); err != nil {
		return nil, fmt.Errorf("folder: journal: %w", err)
	}
	for _, st := range steps {
		if err := checkKey(st.Key); err != nil {
			return nil, fmt.Errorf("journal: %w", err)
		}
		number, ok := strings.CutPrefix(st.Temp, tempPrefix)
		if _, err := strconv.ParseUint(number, 10, 16); st.Temp != "" && (!ok || err != nil) {
			return nil, fmt.Errorf("folder: journal: file %.80q, want %s and a number", st.Temp, tempPrefix)
		}
	}
	return steps, nil
}

// write makes a file and sees to it that it lies on the disk.
func write(path string, value []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(value)
	return errors.Join(err, f.Sync(), f.Close())
}

// flush sees to it that the names in a folder lie on the disk.
func flush(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
