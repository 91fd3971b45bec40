package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// guarded is a slice between sentinels, with a copy of what it held.
type guarded[E int8 | int16 | int32] struct{ all, v, was []E }

const (
	sentinels = 80 // more than a vector, or two rows of a tile
	sentinel  = 0x55
)

func guard[E int8 | int16 | int32](v []E) guarded[E] {
	all := slices.Repeat([]E{sentinel}, len(v)+2*sentinels)
	copy(all[sentinels:], v)
	return guarded[E]{all, all[sentinels:][:len(v):len(v)], v}
}

// checkEnds fails if a sentinel was written over.
func (g guarded[E]) checkEnds(t *testing.T, what string) {
	t.Helper()
	for i := range sentinels {
		if g.all[i] != sentinel || g.all[len(g.all)-1-i] != sentinel {
			t.Fatalf("%s: written beyond its ends", what)
		}
	}
}

// check fails if anything was written.
func (g guarded[E]) check(t *testing.T, what string) {
	t.Helper()
	g.checkEnds(t, what)
	if !slices.Equal(g.v, g.was) {
		t.Fatalf("%s: written to", what)
	}
}

func firstDifference(a, b []int32) int {
	for i := range b {
		if a[i] != b[i] {
			return i
		}
	}
	return -1
}

func mustPanic(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s: no panic", what)
		}
	}()
	f()
}

func randI16(r *rand.Rand, n int) []int16 {
	v := make([]int16, n)
	for i := range v {
		v[i] = int16(r.Uint32())
	}
	return v
}

func randI8(r *rand.Rand, n int) []int8 {
	v := make([]int8, n)
	for i := range v {
		v[i] = int8(r.Uint32())
	}
	return v
}

// randSums returns sums of every size, which leave room for randChannels' biases.
func randSums(r *rand.Rand, n int) []int32 {
	v := make([]int32, n)
	for i := range v {
		v[i] = int32(r.Uint32()) >> (1 + r.IntN(30))
	}
	return v
}

func randChannels(r *rand.Rand, n int) *Channels {
	c := &Channels{Lo: -32767, Hi: 32767}
	if r.IntN(2) == 0 {
		c.Lo, c.Hi = 0, 4095
	}
	for range n {
		c.Bias = append(c.Bias, int32(r.Uint32())>>(1+r.IntN(30)))
		c.Mult = append(c.Mult, 1<<30+r.Int32N(1<<30))
		c.Shift = append(c.Shift, uint8(1+r.IntN(62)))
	}
	if r.IntN(4) > 0 { // as the layers of a network have them
		for i := range c.Shift {
			c.Shift[i] = uint8(32 + r.IntN(31))
		}
	}
	c.Prepare()
	return c
}
