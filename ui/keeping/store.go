package keeping

import (
	"errors"
	"time"
)

// Store holds values under keys. No call blocks: each returns at once and calls done later, once.
type Store interface {
	// Get reads the values of keys together. One that is not there is nil.
	Get(keys []string, done func(values [][]byte, err error))
	// Keys lists all keys.
	Keys(done func(keys []string, err error))
	// Put makes changes, all of them or none. When done hears of no error they will outlast a crash. Changes
	// are made in the order of the calls.
	Put(changes []Change, done func(err error))
	// Erase removes all values, and all else that the page has left on the machine.
	Erase(done func(err error))
	// Persist asks that the values are not thrown away when the machine runs short of room.
	Persist(done func(granted bool))
	// After calls f after a time.
	After(d time.Duration, f func())
}

// Change is a new value for a key; nil removes the key.
type Change struct {
	Key   string
	Value []byte
}

// What can be wrong with a store, and with what lies in it.
var (
	ErrDenied  = errors.New("keeping: storage is not allowed")
	ErrFull    = errors.New("keeping: storage is full")
	ErrSlow    = errors.New("keeping: storage does not answer")
	ErrUnlike  = errors.New("keeping: what was read back is not what was written")
	ErrReader  = errors.New("keeping: another page writes")
	ErrIndex   = errors.New("keeping: bad index")
	ErrNewer   = errors.New("keeping: saved by a newer program")
	ErrNoSet   = errors.New("keeping: no such set")
	ErrTooMany = errors.New("keeping: too many sets")
)
