package weights

import (
	"bytes"
	"errors"
	"runtime"
	"strconv"
	"testing"
)

// A file that was cut anywhere, or has any byte changed to any other, is refused.
func TestEveryPrefixAndByte(t *testing.T) {
	valid := encode(t, small())
	for n := range valid {
		if m, err := Decode(valid[:n]); m != nil || !errors.Is(err, ErrTruncated) {
			t.Errorf("the first %d of %d bytes: %v, %v; want ErrTruncated", n, len(valid), m, err)
		}
	}
	for i := range valid {
		for flip := 1; flip < 256; flip++ {
			b := bytes.Clone(valid)
			b[i] ^= byte(flip)
			if m, err := Decode(b); m != nil || err == nil {
				t.Fatalf("byte %d changed by %#x was accepted", i, flip)
			}
		}
	}
}

// Behind a checksum that fits, a file with any byte changed to any other is refused, or is what Encode writes of
// the model that it holds.
func TestEverySealedPrefixAndByte(t *testing.T) {
	valid := encode(t, small())
	canonical := func(b []byte) bool {
		m, err := Decode(b)
		if err == nil && !bytes.Equal(encode(t, m), b) {
			t.Fatalf("%x is written as %x", b, encode(t, m))
		}
		return err == nil
	}
	for n := range valid {
		if canonical(seal(valid[:n])) {
			t.Errorf("the first %d of %d bytes were accepted", n, len(valid))
		}
	}
	taken := 0
	for i := range len(valid) - checksumBytes {
		for flip := 1; flip < 256; flip++ {
			b := bytes.Clone(valid)
			b[i] ^= byte(flip)
			if canonical(seal(b)) {
				taken++
			}
		}
	}
	// Another int8 is another model, whichever it is; and every other place has values that are refused.
	if least, most := 6*255, (len(valid)-checksumBytes)*255/2; taken < least || taken > most {
		t.Errorf("%d changed files are models, want %d to %d", taken, least, most)
	}
}

// A hostile header cannot make the decoder allocate more than a small multiple of the file.
func TestAllocationIsBounded(t *testing.T) {
	valid := encode(t, small())
	files := map[string][]byte{"valid": valid}
	for i := prefixBytes; i < len(valid)-checksumBytes; i++ {
		b := bytes.Clone(valid)
		b[i] = 0xff
		files["byte "+strconv.Itoa(i)] = seal(b)
	}
	many := &Model{Arch: "x"}
	for i := range MaxTensors {
		name := "t" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		many.Tensors = append(many.Tensors, Tensor{Name: name, Dims: []int{1}, I8: []int8{1}})
	}
	files["many tensors"] = encode(t, many)
	for name, b := range files {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Decode(b)
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > uint64(2*len(b)+perFile) {
			t.Errorf("%s: %d bytes of file made it allocate %d", name, len(b), got)
		}
	}
}
