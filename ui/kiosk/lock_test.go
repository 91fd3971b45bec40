package kiosk_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"oneshot/ui/kiosk"
	"oneshot/weights/hostile"
)

func try(t *testing.T, l *kiosk.Lock, pin string, now float64) bool {
	t.Helper()
	ok, err := l.Try(pin, now)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func locked(t *testing.T, pin string) *kiosk.Lock {
	t.Helper()
	l := &kiosk.Lock{}
	if err := l.SetPIN(pin); err != nil {
		t.Fatal(err)
	}
	return l
}

// Five wrong tries cost half a minute, in which not even the right PIN is looked at.
func TestWrongPINs(t *testing.T) {
	l := &kiosk.Lock{}
	if l.Set() || try(t, l, "", 0) || try(t, l, "0000", 0) {
		t.Error("a lock without a PIN opens")
	}
	l = locked(t, "2468")
	if !l.Set() || !try(t, l, "2468", 0) {
		t.Fatal("the PIN does not open it")
	}
	for i := range kiosk.MaxWrong {
		if left := l.Left(); left != kiosk.MaxWrong-i {
			t.Errorf("after %d wrong tries %d are left", i, left)
		}
		if try(t, l, "2469", 1000) {
			t.Fatal("a wrong PIN opens it")
		}
	}
	if n := l.Wait(1000); n != 30 {
		t.Errorf("the wait is %d s, want 30", n)
	}
	if try(t, l, "2468", 30_999) {
		t.Error("it opens while one must wait")
	}
	if n := l.Wait(31_000); n != 0 || !try(t, l, "2468", 31_000) {
		t.Errorf("after the wait, with %d s left, the PIN does not open it", n)
	}
	if n := l.Wait(-1e12); n > 30 {
		t.Errorf("with a clock that was set back the wait is %d s", n)
	}
}

func TestPINsThatAreNone(t *testing.T) {
	l := locked(t, "12345678")
	for _, pin := range []string{"", "123", "123456789", "12a4", "１２３４", " 1234"} {
		if err := l.SetPIN(pin); !errors.Is(err, kiosk.ErrPIN) {
			t.Errorf("PIN %q: %v, want ErrPIN", pin, err)
		}
	}
	if !try(t, l, "12345678", 0) {
		t.Error("a PIN that was refused took the place of the one before")
	}
}

// What is kept opens with the same PIN, does not hold the PIN, and remembers wrong tries: closing the page is no way
// around the wait.
func TestLockIsKept(t *testing.T) {
	l := locked(t, "13579")
	try(t, l, "0000", 0)
	b := l.Record(0)
	if bytes.Contains(b, []byte("13579")) {
		t.Error("the PIN stands in its record")
	}
	if bytes.Equal(b, locked(t, "13579").Record(0)) {
		t.Error("two records of one PIN are the same: there is no salt")
	}
	again, err := kiosk.ReadLock(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	if again.Left() != kiosk.MaxWrong-1 || !try(t, &again, "13579", 0) {
		t.Errorf("read back it has %d tries left, or does not open", again.Left())
	}
	for range kiosk.MaxWrong {
		try(t, l, "0000", 0)
	}
	const later = 20_000
	waits, err := kiosk.ReadLock(l.Record(later), later)
	if err != nil {
		t.Fatal(err)
	}
	if n := waits.Wait(later); n != 30 || try(t, &waits, "13579", later) {
		t.Errorf("a lock that was read back within its wait waits %d s, want 30, or opens", n)
	}
	if !try(t, &waits, "13579", later+kiosk.WrongFor) {
		t.Error("after the wait it does not open")
	}
}

func FuzzReadLock(f *testing.F) {
	l := &kiosk.Lock{}
	if err := l.SetPIN("1234"); err != nil {
		f.Fatal(err)
	}
	good := l.Record(0)
	hostile.Fuzz(f, [][]byte{
		good,
		good[:len(good)-1],
		nil,
		append(append(slices.Clone(good[:8]), 5, 0, 0, 0), good[12:]...), // within a wait
		append([]byte("2PIN"), good[4:]...),
		append([]byte("1PIN\xff\xff\xff\xff"), good[8:]...),
		append([]byte("1PIN\x01\x00\x00\x00\xff\xff\xff\xff"), good[12:]...),
	}, func(t testing.TB, b []byte) error {
		l, err := kiosk.ReadLock(b, 0)
		if err != nil {
			if !errors.Is(err, kiosk.ErrRecord) || l.Set() {
				t.Errorf("%q: %v, and a lock %v", b, err, l.Set())
			}
			return err
		}
		if !l.Set() || l.Left() < 1 || !bytes.Equal(l.Record(0), b) {
			t.Errorf("%q is read as %q", b, l.Record(0))
		}
		return nil
	})
}
