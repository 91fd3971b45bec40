package hostile

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// locked is a decoder that asks for one byte after the other, and fails the test behind the last of them.
func locked(key []byte, fail func(t testing.TB)) func(t testing.TB, b []byte) error {
	return func(t testing.TB, b []byte) error {
		n := 0
		for n < min(len(key), len(b)) && b[n] == key[n] {
			n++
		}
		if n == len(key) {
			fail(t)
		}
		return errors.New("stopped at " + strings.Repeat("i", n) + strconv.Itoa(n))
	}
}

// A flood goes on from every new kind of answer: it opens a lock of six bytes, which chance alone would not, and tells of
// whatever goes wrong behind it.
func TestFloodFinds(t *testing.T) {
	key := []byte("\x93lock\xff")
	for name, fail := range map[string]func(testing.TB){
		"panic: index out of range": func(testing.TB) { panic("index out of range") },
		"not as it was":             func(t testing.TB) { t.Errorf("not as it %s", "was") },
		"both":                      func(t testing.TB) { t.Fatal("both") },
	} {
		w := &worker{random: rand.New(rand.NewPCG(1, 2)), check: locked(key, fail), kinds: map[string]bool{}, left: 1_000_000}
		w.run()
		if w.failed == nil {
			t.Fatalf("%s was not found, kinds %v", name, w.kinds)
		}
		if !strings.HasPrefix(w.failed.Error(), name) || !bytes.HasPrefix(w.input, key) {
			t.Errorf("%v for %q, want %s", w.failed, w.input, name)
		}
	}
}

func TestKindOfAnswer(t *testing.T) {
	for text, want := range map[string]string{
		`set: "a 1.png": 12 bytes, at most 9`: `set: :  bytes, at most `,
		"plain":                               "plain",
	} {
		if got := kind(errors.New(text)); got != want {
			t.Errorf("%s is of the kind %q, want %q", text, got, want)
		}
	}
	if kind(nil) != "accepted" {
		t.Error("nothing wrong has another name")
	}
}
