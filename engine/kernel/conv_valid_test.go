package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The middle of a 4x4 plane, worked out by hand: what stands in the border must not count.
func TestConv3x3ValidByHand(t *testing.T) {
	src := []int16{
		9, 9, 9, 9, 9,
		9, 1, 2, 3, 9,
		9, 4, 5, 6, 9,
		9, 7, 8, 9, 9,
		9, 9, 9, 9, 9,
	}
	w := []int8{1, 0, 0, 0, 10, 0, 0, 0, 100}
	s := Shape{H: 1, W: 1, In: 1, Out: 1}
	for name, convolve := range map[string]func(dst []int32){
		"Conv3x3Valid":    func(dst []int32) { Conv3x3Valid(dst, src, PackConv3x3(w, 1, 1), s) },
		"Conv3x3ValidRef": func(dst []int32) { Conv3x3ValidRef(dst, src, w, s) },
	} {
		var got [1]int32
		if convolve(got[:]); got[0] != 951 {
			t.Errorf("%s = %d, want 951", name, got[0])
		}
	}
}

// Every implementation of a convolution without padding gives the sums of the definition.
func TestConv3x3ValidIsTheDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, s := range append(testShapes(r), Shape{26, 26, 1, 64}, Shape{11, 11, 64, 64}) {
		src := randI16(r, Shape{H: s.H + 2, W: s.W + 2}.plane(s.In))
		raw := randI8(r, s.Out*s.In*9)
		want := make([]int32, s.H*s.W*s.Out)
		Conv3x3ValidRef(want, src, raw, s)
		w := PackConv3x3(raw, s.In, s.Out)
		for _, k := range kernels() {
			got := make([]int32, len(want))
			g := window3x3(s)
			g.margin = 2
			k.convolve(got, src[g.pitch()+s.In:], w, g)
			if !slices.Equal(got, want) {
				t.Errorf("%s, %v: not the sums of the definition", k.name, s)
			}
		}
		got := make([]int32, len(want))
		if Conv3x3Valid(got, src, w, s); !slices.Equal(got, want) {
			t.Errorf("Conv3x3Valid, %v: not the sums of the definition", s)
		}
	}
}
