package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestDenseByHand(t *testing.T) {
	src := []int16{3, -1, 2}
	w := []int8{1, 2, 3, -4, 5, 100}
	want := []int32{3 - 2 + 6, -12 - 5 + 200}
	got := make([]int32, 2)
	DenseRef(got, src, w)
	if !slices.Equal(got, want) {
		t.Errorf("DenseRef = %v, want %v", got, want)
	}
	clear(got)
	Dense(got, src, PackDense(w, 3, 2))
	if !slices.Equal(got, want) {
		t.Errorf("Dense = %v, want %v", got, want)
	}
}

func TestDenseSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		in, out := r.IntN(500), r.IntN(20)
		if r.IntN(2) == 0 {
			in &^= 7 // whole vectors
		}
		src, raw := guard(randI16(r, in)), randI8(r, in*out)
		w := guard(PackDense(raw, in, out))
		want, got := make([]int32, out), guard(make([]int32, out))
		DenseRef(want, src.v, raw)
		Dense(got.v, src.v, w.v)
		if i := firstDifference(got.v, want); i >= 0 {
			t.Fatalf("%d to %d: sum %d is %d, want %d", in, out, i, got.v[i], want[i])
		}
		src.check(t, "Dense: src")
		w.check(t, "Dense: w")
		got.checkEnds(t, "Dense: dst")
	}
}

func TestDotI16ByHand(t *testing.T) {
	low := slices.Repeat([]int16{math.MinInt16}, 67)
	high := slices.Repeat([]int16{math.MaxInt16}, 67)
	for _, c := range []struct {
		name string
		a, b []int16
		want int64
	}{
		{"empty", nil, nil, 0},
		{"three", []int16{1, -2, 3}, []int16{4, 5, -6}, 4 - 10 - 18},
		// The square of the lowest int16 is 2^30, and a pair of them does not fit an int32.
		{"lowest", low, low, 67 << 30},
		{"lowest by highest", low, high, -67 * 32768 * 32767},
		{"highest", high, high, 67 * 32767 * 32767},
	} {
		if got := DotI16Ref(c.a, c.b); got != c.want {
			t.Errorf("%s: DotI16Ref = %d, want %d", c.name, got, c.want)
		}
		for _, k := range kernels() {
			if got := k.multiply(c.a, c.b); got != c.want {
				t.Errorf("%s: %s = %d, want %d", c.name, k.name, got, c.want)
			}
		}
	}
}

func TestDotI16SameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		n := r.IntN(300)
		a, b := guard(randI16(r, n)), guard(randI16(r, n))
		want := DotI16Ref(a.v, b.v)
		if got := DotI16(a.v, b.v); got != want {
			t.Fatalf("DotI16 of %d = %d, want %d", n, got, want)
		}
		for _, k := range kernels() {
			if got := k.multiply(a.v, b.v); got != want {
				t.Fatalf("%s of %d = %d, want %d", k.name, n, got, want)
			}
		}
		a.check(t, "DotI16: a")
		b.check(t, "DotI16: b")
	}
}

func TestDensePanics(t *testing.T) {
	v := make([]int16, 6)
	mustPanic(t, "Dense", func() { Dense(make([]int32, 2), v[:2], v) })
	mustPanic(t, "PackDense", func() { PackDense(make([]int8, 5), 2, 3) })
	mustPanic(t, "DotI16", func() { DotI16(v, v[1:]) })
}
