package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// One 2x2 picture with one channel and the kernel 1..9, by hand: the centre of the kernel is 5.
func TestConv3x3ByHand(t *testing.T) {
	src := []int16{
		0, 0, 0, 0,
		0, 1, 2, 0,
		0, 3, 4, 0,
		0, 0, 0, 0,
	}
	w := []int8{1, 2, 3, 4, 5, 6, 7, 8, 9}
	want := []int32{
		1*5 + 2*6 + 3*8 + 4*9, 1*4 + 2*5 + 3*7 + 4*8,
		1*2 + 2*3 + 3*5 + 4*6, 1*1 + 2*2 + 3*4 + 4*5,
	}
	s := Shape{H: 2, W: 2, In: 1, Out: 1}
	got := make([]int32, 4)
	Conv3x3Ref(got, src, w, s)
	if !slices.Equal(got, want) {
		t.Errorf("Conv3x3Ref = %v, want %v", got, want)
	}
	clear(got)
	Conv3x3(got, src, PackConv3x3(w, 1, 1), s)
	if !slices.Equal(got, want) {
		t.Errorf("Conv3x3 = %v, want %v", got, want)
	}
}

func TestConv3x3Random(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		s := Shape{H: 1 + r.IntN(9), W: 1 + r.IntN(9), In: 1 + r.IntN(40), Out: 1 + r.IntN(70)}
		src := randI16(r, s.plane(s.In))
		w := randI8(r, s.Out*s.In*9)
		want, got := make([]int32, s.H*s.W*s.Out), make([]int32, s.H*s.W*s.Out)
		Conv3x3Ref(want, src, w, s)
		Conv3x3(got, src, PackConv3x3(w, s.In, s.Out), s)
		if !slices.Equal(got, want) {
			t.Fatalf("%+v: Conv3x3 differs from Conv3x3Ref", s)
		}
	}
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
