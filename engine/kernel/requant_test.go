package kernel

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// Factors by hand: 2^30/2^31 is a half, 3*2^29/2^31 three quarters, 2^30/2^30 one.
func TestRequantiseByHand(t *testing.T) {
	c := &Channels{
		Bias: []int32{0, 10, 0}, Mult: []int32{1 << 30, 3 << 29, 1 << 30}, Shift: []uint8{31, 31, 30},
		Lo: 0, Hi: 4095,
	}
	acc := []int32{
		3, 2, 4096, // 1.5 rounds up; 12*0.75; clamped above
		-1, -10, 4095, // -0.5 rounds up to 0
		-3, -14, -1, // -1.5, -3 and -1 are clamped below
		8189, math.MaxInt32 - 10, math.MaxInt32, // 4094.5 rounds up
	}
	want := []int16{2, 9, 4095, 0, 0, 4095, 0, 0, 0, 4095, 4095, 4095}
	got := make([]int16, len(acc))
	RequantiseFlat(got, acc, c)
	if !slices.Equal(got, want) {
		t.Errorf("RequantiseFlat = %v, want %v", got, want)
	}
	signed := *c
	signed.Lo, signed.Hi = -32767, 32767
	RequantiseFlat(got, acc, &signed)
	want = []int16{2, 9, 4096, 0, 0, 4095, -1, -3, -1, 4095, 32767, 32767}
	if !slices.Equal(got, want) {
		t.Errorf("signed RequantiseFlat = %v, want %v", got, want)
	}
}

// The contract's formula in integers without a limit.
func TestRequantiseExact(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for i := range 400 {
		s := Shape{H: 1 + r.IntN(5), W: 1 + r.IntN(5), Out: 1 + r.IntN(40)}
		if i%2 == 0 {
			s.Out = 8 * (1 + r.IntN(8))
		}
		c, acc := randChannels(r, s.Out), guard(randSums(r, s.H*s.W*s.Out))
		dst := guard(make([]int16, s.plane(s.Out)))
		Requantise(dst.v, acc.v, s, c)
		for y := range s.H + 2 {
			for x := range s.W + 2 {
				for o := range s.Out {
					want := int64(0) // the border is left alone
					if y > 0 && y <= s.H && x > 0 && x <= s.W {
						sum := acc.v[((y-1)*s.W+x-1)*s.Out+o]
						want = exact(sum, c.Bias[o], c.Mult[o], c.Shift[o], c.Lo, c.Hi)
					}
					if got := dst.v[(y*(s.W+2)+x)*s.Out+o]; int64(got) != want {
						t.Fatalf("%+v: (%d, %d) channel %d = %d, want %d", s, x, y, o, got, want)
					}
				}
			}
		}
		acc.check(t, "Requantise: acc")
		dst.checkEnds(t, "Requantise: dst")
	}
}

func exact(acc, bias, mult int32, shift uint8, lo, hi int16) int64 {
	v := new(big.Int).Add(big.NewInt(int64(acc)), big.NewInt(int64(bias)))
	v.Mul(v, big.NewInt(int64(mult)))
	v.Add(v, new(big.Int).Lsh(big.NewInt(1), uint(shift-1)))
	v.Rsh(v, uint(shift)) // rounds down, as the shift of an int64 does
	switch {
	case v.Cmp(big.NewInt(int64(lo))) < 0:
		return int64(lo)
	case v.Cmp(big.NewInt(int64(hi))) > 0:
		return int64(hi)
	}
	return v.Int64()
}

func TestAddClamp(t *testing.T) {
	a := []int16{1, -5, 4000, 32767, -32767, 0}
	b := []int16{2, 3, 96, 32767, -32767, 0}
	want := []int16{3, 0, 4095, 4095, 0, 0}
	dst := guard(make([]int16, len(a)))
	AddClamp(dst.v, a, b, 0, 4095)
	if !slices.Equal(dst.v, want) {
		t.Errorf("AddClamp = %v, want %v", dst.v, want)
	}
	dst.checkEnds(t, "AddClamp: dst")
	AddClamp(a, a, b, 0, 4095)
	if !slices.Equal(a, want) {
		t.Errorf("AddClamp in place = %v, want %v", a, want)
	}
}

// What is done in vectors is what is done one by one.
func TestSumsInVectors(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for n := range 70 {
		a, b := randI16(r, n), randI16(r, n)
		dst := guard(make([]int16, n))
		lo, hi := int16(0), int16(4095)
		if n%2 == 0 {
			lo, hi = -32767, 32767
		}
		AddClamp(dst.v, a, b, lo, hi)
		for i, got := range dst.v {
			if want := min(max(int32(a[i])+int32(b[i]), int32(lo)), int32(hi)); int32(got) != want {
				t.Fatalf("AddClamp of %d and %d is %d, want %d", a[i], b[i], got, want)
			}
		}
		dst.checkEnds(t, "AddClamp: dst")

		s := Shape{H: 1 + r.IntN(6), W: 1 + r.IntN(6), Out: 1 + n}
		size := s.H * s.W * s.Out
		x, y := randSums(r, size), randSums(r, size)
		single, pair := guard(make([]int32, s.H/2*(s.W/2)*s.Out)), guard(make([]int32, s.H/2*(s.W/2)*s.Out))
		MaxPool2x2Sums(single.v, x, s)
		AddPairMaxPool2x2(pair.v, x, y, s)
		for i := range single.v {
			o, px, py := i%s.Out, i/s.Out%(s.W/2), i/s.Out/(s.W/2)
			largest, both := int32(math.MinInt32), int32(math.MinInt32)
			for at := range 4 {
				j := ((2*py+at/2)*s.W+2*px+at%2)*s.Out + o
				largest, both = max(largest, x[j]), max(both, x[j]+y[j])
			}
			if single.v[i] != largest || pair.v[i] != both {
				t.Fatalf("%+v: sum %d is %d and of the pair %d, want %d and %d", s, i, single.v[i], pair.v[i], largest, both)
			}
		}
		single.checkEnds(t, "MaxPool2x2Sums: dst")
		pair.checkEnds(t, "AddPairMaxPool2x2: dst")
		all := guard(make([]int32, size))
		AddPair(all.v, x, y)
		for i, got := range all.v {
			if got != x[i]+y[i] {
				t.Fatalf("AddPair: element %d of %d is %d, want %d", i, size, got, x[i]+y[i])
			}
		}
		all.checkEnds(t, "AddPair: dst")
	}
}

func TestRequantisePanics(t *testing.T) {
	c := &Channels{Bias: make([]int32, 2), Mult: make([]int32, 2), Shift: make([]uint8, 2)}
	s := Shape{H: 1, W: 1, Out: 2}
	mustPanic(t, "plane", func() { Requantise(make([]int16, 17), make([]int32, 2), s, c) })
	mustPanic(t, "sums", func() { Requantise(make([]int16, 18), make([]int32, 3), s, c) })
	mustPanic(t, "flat", func() { RequantiseFlat(make([]int16, 3), make([]int32, 3), c) })
	mustPanic(t, "channels", func() {
		RequantiseFlat(make([]int16, 2), make([]int32, 2), &Channels{Bias: make([]int32, 2)})
	})
	mustPanic(t, "AddClamp", func() { AddClamp(make([]int16, 2), make([]int16, 2), nil, 0, 1) })
}
