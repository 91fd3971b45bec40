package weights

import (
	"crypto/sha256"
	"math/rand/v2"
	"testing"
)

// Every length around the ends of blocks, and the built-in model.
func TestChecksumIsSHA256(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 5*blockBytes)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	for n := range b {
		if got, want := checksum(b[:n]), sha256.Sum256(b[:n]); got != want {
			t.Fatalf("%d bytes: %x, want %x", n, got, want)
		}
	}
	if got, want := checksum([]byte(oneshot)), sha256.Sum256([]byte(oneshot)); got != want {
		t.Errorf("the model: %x, want %x", got, want)
	}
}

func FuzzChecksum(f *testing.F) {
	f.Add([]byte("abc"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, want := checksum(b), sha256.Sum256(b); got != want {
			t.Fatalf("%x, want %x", got, want)
		}
	})
}
