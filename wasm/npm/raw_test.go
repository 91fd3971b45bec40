package main

import (
	"errors"
	"math"
	"testing"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/weights"
)

// rawImage draws a bar of float32 pixels.
func rawImage(row int) (b []byte) {
	for i := range prep.Side * prep.Side {
		v := float32(0)
		if y, x := i/prep.Side, i%prep.Side; (y == row || y == row+1) && x > 4 && x < 22 {
			v = 1
		}
		b = append32(b, math.Float32bits(v))
	}
	return b
}

func TestRawInputs(t *testing.T) {
	in, err := rawInputs(append(rawImage(3), rawImage(9)...))
	if err != nil || len(in) != 2 || in[0][3*28+5] != 255 || in[1][3*28+5] != 0 || in[1][9*28+5] != 255 {
		t.Errorf("%d inputs, %v", len(in), err)
	}
	var odd []byte
	for _, v := range []float32{-1, 2, float32(math.NaN()), 0.5, float32(math.Inf(1))} {
		odd = append32(odd, math.Float32bits(v))
	}
	in, err = rawInputs(append(odd, rawImage(3)[len(odd):]...))
	if err != nil || [5]uint8(in[0][:5]) != [5]uint8{0, 255, 0, 128, 255} {
		t.Errorf("%v, %v", in[0][:5], err)
	}
	for _, n := range []int{0, 1, rawBytes - 4, rawBytes + 1} {
		if _, err := rawInputs(make([]byte, n)); !errors.Is(err, errRaw) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// The class of the same image scores best with either head, and a distance to itself is none.
func TestRawSets(t *testing.T) {
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	n, err := engine.NewNetwork(m)
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := rawInputs(append(append(rawImage(4), rawImage(14)...), rawImage(22)...))
	if err != nil {
		t.Fatal(err)
	}
	inputs[1] = prep.Input{}
	for i := range 20 {
		inputs[1][(4+i)*28+4+i], inputs[1][(4+i)*28+5+i] = 255, 255
	}
	for _, head := range n.Heads() {
		s, err := newRawSet(n, head, inputs[:2], 2, 1)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			v, err := s.scores(&inputs[i])
			if err != nil {
				t.Fatal(err)
			}
			if len(v) != 2 || v[i] <= v[1-i] {
				t.Errorf("%v: scores %v of the image of class %d", head, v, i)
			}
			if head == engine.Prototype && v[i] != 0 {
				t.Errorf("an image is %v away from itself", v[i])
			}
		}
	}
	for _, c := range [][2]int{{0, 2}, {2, 2}, {-1, -2}, {2, 0}, {1 << 30, 1 << 34}} {
		if _, err := newRawSet(n, engine.Prototype, inputs[:2], c[0], c[1]); !errors.Is(err, errRaw) {
			t.Errorf("%d classes of %d: %v", c[0], c[1], err)
		}
	}
}
