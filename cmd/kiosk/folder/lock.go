//go:build unix

package folder

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"oneshot/ui/keeping"
)

// Lock is the lock on a folder, held by the one program that may write. The system lets it go when the program ends,
// however it does.
type Lock struct {
	file  *os.File
	store *Store
}

var _ keeping.Lock = (*Lock)(nil)

// Lock returns the lock on the store's folder.
func (s *Store) Lock() (*Lock, error) {
	f, err := os.OpenFile(filepath.Join(s.dir, ".lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("folder: %w", err)
	}
	return &Lock{f, s}, nil
}

// Claim implements keeping.Lock. Nobody takes the lock away, so lost is never called.
func (l *Lock) Claim(held, busy func(), _ func(let func())) {
	if l.flock(syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		l.begin(held)
		return
	}
	l.store.post(busy)
	go func() {
		if l.flock(syscall.LOCK_EX) == nil {
			l.begin(held)
		}
	}()
}

// begin ends what the program that held the lock before has begun, if it died, and then calls held. If that fails now it
// is tried again with the first change, whose error the user is told.
func (l *Lock) begin(held func()) {
	l.store.work <- func() {
		_ = l.store.recover()
		l.store.post(held)
	}
}

// Take implements keeping.Lock: a program that is at work cannot be made to let go. Whoever wants to write closes it.
func (l *Lock) Take() {}

func (l *Lock) flock(how int) error {
	for {
		if err := syscall.Flock(int(l.file.Fd()), how); err != syscall.EINTR {
			return err
		}
	}
}

// Close lets the lock go.
func (l *Lock) Close() error { return l.file.Close() }
