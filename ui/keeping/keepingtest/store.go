// Package keepingtest has a keeping.Store in memory, whose answers and faults a test decides on.
package keepingtest

import (
	"maps"
	"slices"
	"time"

	"oneshot/ui/keeping"
)

// Store is a store in memory. Nothing is answered, and no time passes, until the test calls Settle or Pass.
type Store struct {
	Values    map[string][]byte
	Fault     error // what every call answers instead
	Lossy     bool  // Put answers well and writes nothing
	Full      bool  // Put has room for the index alone
	Late      bool  // Put and Erase make their changes when they are answered, not at once
	Asleep    bool  // nothing is answered
	Persisted int   // calls of Persist
	Puts      int   // changes that were made
	Clock     time.Time

	calls  []func()
	timers []timer
}

type timer struct {
	at time.Time
	f  func()
}

// New returns an empty store.
func New() *Store {
	return &Store{Values: map[string][]byte{}, Clock: time.Unix(1_700_000_000, 0)}
}

// Now is the time on the store's clock.
func (s *Store) Now() time.Time { return s.Clock }

// Settle answers all calls, and those that are made meanwhile.
func (s *Store) Settle() {
	for s.Answer() {
	}
}

// Answer answers the first call that waits, and reports whether there was one.
func (s *Store) Answer() bool {
	if len(s.calls) == 0 || s.Asleep {
		return false
	}
	f := s.calls[0]
	s.calls = s.calls[1:]
	f()
	return true
}

// Pass lets time pass and answers what was asked.
func (s *Store) Pass(d time.Duration) {
	end := s.Clock.Add(d)
	s.Settle()
	for {
		i := -1
		for j, t := range s.timers {
			if !t.at.After(end) && (i < 0 || t.at.Before(s.timers[i].at)) {
				i = j
			}
		}
		if i < 0 {
			break
		}
		t := s.timers[i]
		s.timers = slices.Delete(s.timers, i, i+1)
		s.Clock = t.at
		t.f()
		s.Settle()
	}
	s.Clock = end
}

// Crash returns the store as it is found after the page has died at this moment.
func (s *Store) Crash() *Store {
	left := New()
	left.Values, left.Clock = maps.Clone(s.Values), s.Clock
	return left
}

func (s *Store) later(f func()) { s.calls = append(s.calls, f) }

// Get implements keeping.Store.
func (s *Store) Get(keys []string, done func([][]byte, error)) {
	s.later(func() {
		if s.Fault != nil {
			done(nil, s.Fault)
			return
		}
		values := make([][]byte, len(keys))
		for i, k := range keys {
			values[i] = slices.Clone(s.Values[k])
		}
		done(values, nil)
	})
}

// Keys implements keeping.Store.
func (s *Store) Keys(done func([]string, error)) {
	s.later(func() {
		var keys []string
		for k := range s.Values {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		done(keys, s.Fault)
	})
}

// Put implements keeping.Store. As in a database, the change is in the hands of the store at once.
func (s *Store) Put(changes []keeping.Change, done func(error)) {
	s.make(func() error { return s.put(changes) }, done)
}

// make makes a change, now or when it is answered.
func (s *Store) make(change func() error, done func(error)) {
	if s.Late {
		s.later(func() { done(change()) })
		return
	}
	err := change()
	s.later(func() { done(err) })
}

func (s *Store) put(changes []keeping.Change) error {
	if s.Fault != nil {
		return s.Fault
	}
	if s.Full && slices.ContainsFunc(changes, func(c keeping.Change) bool { return c.Key != "index" && c.Value != nil }) {
		return keeping.ErrFull
	}
	if s.Lossy {
		return nil
	}
	s.Puts++
	for _, c := range changes {
		if c.Value == nil {
			delete(s.Values, c.Key)
		} else {
			s.Values[c.Key] = slices.Clone(c.Value)
		}
	}
	return nil
}

// Erase implements keeping.Store.
func (s *Store) Erase(done func(error)) {
	s.make(func() error {
		if s.Fault == nil {
			clear(s.Values)
		}
		return s.Fault
	}, done)
}

// Persist implements keeping.Store.
func (s *Store) Persist(done func(bool)) {
	s.Persisted++
	s.later(func() { done(true) })
}

// After implements keeping.Store.
func (s *Store) After(d time.Duration, f func()) {
	s.timers = append(s.timers, timer{s.Clock.Add(d), f})
}
