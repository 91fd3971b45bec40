package kiosk

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
)

// Lengths of a PIN in digits, and what a row of wrong ones costs.
const (
	MinPIN   = 4
	MaxPIN   = 8
	MaxWrong = 5      // tries, before the next must wait
	WrongFor = 30_000 // milliseconds
)

// What can be wrong with a PIN or its record.
var (
	ErrPIN    = errors.New("kiosk: bad PIN")
	ErrRecord = errors.New("kiosk: bad record of a PIN")
)

// Lock keeps a PIN, as a hash that takes a computer a while for each guess. The zero Lock has none.
type Lock struct {
	salt, hash [sha256.Size]byte
	rounds     uint32 // of hashing; 0 if there is no PIN
	wrong      uint32 // tries in a row
	until      float64
}

// rounds is how often a PIN is hashed: a tenth of a second or two in a browser.
const rounds = 60_000

// A record is a magic, the rounds and the wrong tries as little-endian uint32, the salt and the hash.
const (
	recordMagic = "1PIN"
	recordBytes = len(recordMagic) + 4 + 4 + 2*sha256.Size
	maxRounds   = 1 << 24
)

// Set says whether there is a PIN.
func (l *Lock) Set() bool { return l.rounds > 0 }

// SetPIN makes pin the PIN from now on.
func (l *Lock) SetPIN(pin string) error {
	if n := len(pin); n < MinPIN || n > MaxPIN || strings.Trim(pin, "0123456789") != "" {
		return fmt.Errorf("%w: %d characters, want %d to %d digits", ErrPIN, n, MinPIN, MaxPIN)
	}
	next := Lock{rounds: rounds}
	if _, err := rand.Read(next.salt[:]); err != nil {
		return fmt.Errorf("kiosk: no random salt: %w", err)
	}
	hash, err := next.digest(pin)
	if err != nil {
		return err
	}
	next.hash = hash
	*l = next
	return nil
}

// Try reports whether pin is the PIN. While there is a wait it is not looked at.
func (l *Lock) Try(pin string, now float64) (bool, error) {
	if !l.Set() || l.Wait(now) > 0 {
		return false, nil
	}
	hash, err := l.digest(pin)
	if err != nil {
		return false, err
	}
	if subtle.ConstantTimeCompare(hash[:], l.hash[:]) == 1 {
		l.wrong = 0
		return true, nil
	}
	if l.wrong++; l.wrong >= MaxWrong {
		l.wrong, l.until = 0, now+WrongFor
	}
	return false, nil
}

// Left is the number of tries before the next wait.
func (l *Lock) Left() int { return MaxWrong - int(l.wrong) }

// Wait is the whole seconds until a PIN may be tried again, or 0.
func (l *Lock) Wait(now float64) int {
	left := min(l.until-now, WrongFor) // whatever became of the clock
	return max(int(math.Ceil(left/1000)), 0)
}

func (l *Lock) digest(pin string) ([sha256.Size]byte, error) {
	var out [sha256.Size]byte
	key, err := pbkdf2.Key(sha256.New, pin, l.salt[:], int(l.rounds), sha256.Size)
	if err != nil {
		return out, fmt.Errorf("kiosk: hash of the PIN: %w", err)
	}
	copy(out[:], key)
	return out, nil
}

// Record is the lock as it is kept. A wait that has begun is kept as the wrong tries that began it.
func (l *Lock) Record(now float64) []byte {
	wrong := l.wrong
	if l.Wait(now) > 0 {
		wrong = MaxWrong
	}
	b := append(make([]byte, 0, recordBytes), recordMagic...)
	b = binary.LittleEndian.AppendUint32(b, l.rounds)
	b = binary.LittleEndian.AppendUint32(b, wrong)
	b = append(b, l.salt[:]...)
	return append(b, l.hash[:]...)
}

// ReadLock reads a record. A wait that had begun begins anew: to close the page is no way around it. What is no record
// is an error that wraps ErrRecord.
func ReadLock(b []byte, now float64) (Lock, error) {
	var l Lock
	if len(b) != recordBytes {
		return l, fmt.Errorf("%w: %d bytes, want %d", ErrRecord, len(b), recordBytes)
	}
	if got := string(b[:len(recordMagic)]); got != recordMagic {
		return l, fmt.Errorf("%w: begins with %q, want %q", ErrRecord, got, recordMagic)
	}
	b = b[len(recordMagic):]
	l.rounds, l.wrong = binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	if l.rounds < 1 || l.rounds > maxRounds {
		return Lock{}, fmt.Errorf("%w: %d rounds, want 1 to %d", ErrRecord, l.rounds, maxRounds)
	}
	if l.wrong > MaxWrong {
		return Lock{}, fmt.Errorf("%w: %d wrong tries, want at most %d", ErrRecord, l.wrong, MaxWrong)
	}
	if l.wrong == MaxWrong {
		l.wrong, l.until = 0, now+WrongFor
	}
	copy(l.salt[:], b[8:])
	copy(l.hash[:], b[8+sha256.Size:])
	return l, nil
}
