package main

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"oneshot/engine"
)

// The bytes that core.js reads, spelt out.
func TestPack(t *testing.T) {
	got := pack(nil, engine.Answer{Evidence: 1, None: true, Similarity: 0.5, Nearest: 258,
		Ranking: []engine.Rank{{Class: "3", Logit: -2, Score: 1, Confidence: 0.5}}})
	want := []byte{
		0, 0, 0, 0, 0, 0, 0xf0, 0x3f, // evidence 1
		0, 0, 0, 0x3f, // similarity 0.5
		1, 0, 0, 0, // none
		2, 1, 0, 0, // nearest 258
		1, 0, 0, 0, // one class
		0, 0, 0, 0, 0, 0, 0, 0xc0, // logit -2
		0, 0, 0x80, 0x3f, // score 1
		0, 0, 0, 0x3f, // confidence 0.5
		3, 0, 0, 0, // class 3
	}
	if !slices.Equal(got, want) {
		t.Errorf("packed %v, want %v", got, want)
	}
}

func TestNumbersOfStrokes(t *testing.T) {
	if got := numbers[float32]([]byte{0, 0, 0x80, 0x3f, 0, 0, 0xc0, 0x7f}); got[0] != 1 || !math.IsNaN(float64(got[1])) {
		t.Errorf("floats %v, want 1 and NaN", got)
	}
	if got := numbers[int32]([]byte{1, 2, 0, 0, 0xff, 0xff, 0xff, 0xff}); !slices.Equal(got, []int32{513, -1}) {
		t.Errorf("ints %v, want 513 and -1", got)
	}
}

// What crosses the border as numbers is the same memory on both sides.
func TestNumbersAreTheirBytes(t *testing.T) {
	v := []float32{0, -1.5, math.MaxFloat32}
	b := bytesOf(v)
	if len(b) != 12 || binary.LittleEndian.Uint32(b[4:]) != math.Float32bits(-1.5) {
		t.Fatalf("%v is %x", v, b)
	}
	if got := numbers[float32](b); !slices.Equal(got, v) || &got[0] != &v[0] {
		t.Errorf("%v comes back as %v", v, got)
	}
	if b := bytesOf([]int16{1, -2}); len(b) != 4 || b[2] != 0xfe {
		t.Errorf("1, -2 is %x", b)
	}
}
