package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// The middle of a plane of 3x3, worked out by hand: what stands in the border must not count.
func TestConv3x3PartByHand(t *testing.T) {
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
		"Conv3x3Part":    func(dst []int32) { Conv3x3Part(dst, src, PackConv3x3(w, 1, 1), s, s.Inner()) },
		"Conv3x3PartRef": func(dst []int32) { Conv3x3PartRef(dst, src, w, s, s.Inner()) },
	} {
		var got [1]int32
		if convolve(got[:]); got[0] != 951 {
			t.Errorf("%s = %d, want 951", name, got[0])
		}
	}
}

// inside fills a bordered plane; its border stays zero.
func inside(r *rand.Rand, p Part, in int) []int16 {
	src := make([]int16, Shape{H: p.H, W: p.W}.plane(in))
	for y := range p.H {
		copy(src[((y+1)*(p.W+2)+1)*in:], randI16(r, p.W*in))
	}
	return src
}

// Every implementation gives the sums of the definition for any part of a plane, whether it lies at the border or not.
func TestConv3x3PartSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, s := range append(testShapes(r), Shape{26, 26, 1, 64}, Shape{11, 11, 64, 64}, Shape{5, 5, 64, 64}, Shape{6, 6, 96, 96}) {
		parts := []Part{s.Whole(), s.Inner(), {s.H + 1, s.W + 1, 0, 0}, {s.H + 1, s.W + 1, 1, 1}}
		for range 3 {
			p := Part{H: s.H + r.IntN(4), W: s.W + r.IntN(4)}
			p.Y, p.X = r.IntN(p.H-s.H+1), r.IntN(p.W-s.W+1)
			parts = append(parts, p)
		}
		for _, p := range parts {
			src, raw := inside(r, p, s.In), randI8(r, s.Out*s.In*9)
			want, got := make([]int32, s.H*s.W*s.Out), make([]int32, s.H*s.W*s.Out)
			Conv3x3PartRef(want, src, raw, s, p)
			g, packed := window3x3Part(s, p), PackConv3x3(raw, s.In, s.Out)
			checkConv(t, fmt.Sprintf("3x3 %+v of %+v", s, p), g, p.Y*g.pitch()+p.X*s.In, src, packed, want)
			if Conv3x3Part(got, src, packed, s, p); !slices.Equal(got, want) {
				t.Fatalf("Conv3x3Part, %+v of %+v: not the sums of the definition", s, p)
			}
		}
	}
}

func TestConv3x3PartPanics(t *testing.T) {
	s := Shape{H: 2, W: 2, In: 2, Out: 16}
	dst, src, w := make([]int32, 64), make([]int16, 5*5*2), make([]int16, 9*32)
	Conv3x3Part(dst, src, w, s, Part{3, 3, 1, 1})
	for _, p := range []Part{{3, 3, 2, 1}, {3, 3, 1, 2}, {3, 3, -1, 0}, {3, 3, 0, -1}, {2, 2, 0, 0}, {3, 4, 0, 0}} {
		mustPanic(t, fmt.Sprintf("part %+v", p), func() { Conv3x3Part(dst, src, w, s, p) })
	}
}
