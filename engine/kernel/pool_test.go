package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestMaxPool2x2ByHand(t *testing.T) {
	// Three rows and columns of one channel: the last of each is dropped, also where it is largest.
	s := Shape{H: 3, W: 3, In: 1}
	src := []int16{
		0, 0, 0, 0, 0,
		0, 1, 8, 9, 0,
		0, 3, 4, 9, 0,
		0, 9, 9, 9, 0,
		0, 0, 0, 0, 0,
	}
	want := []int16{0, 0, 0, 0, 8, 0, 0, 0, 0}
	got := make([]int16, 9)
	MaxPool2x2(got, src, s)
	if !slices.Equal(got, want) {
		t.Errorf("MaxPool2x2 = %v, want %v", got, want)
	}
}

func TestMaxPool2x2Definition(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 100 {
		s := Shape{H: 1 + r.IntN(9), W: 1 + r.IntN(9), In: 1 + r.IntN(20)}
		src := guard(randI16(r, s.plane(s.In)))
		h, w := s.H/2, s.W/2
		dst := guard(make([]int16, (h+2)*(w+2)*s.In))
		MaxPool2x2(dst.v, src.v, s)
		at := func(y, x, c int) int16 { return src.v[(y*(s.W+2)+x)*s.In+c] }
		for y := range h + 2 {
			for x := range w + 2 {
				for c := range s.In {
					want := int16(0)
					if y > 0 && y <= h && x > 0 && x <= w {
						want = max(at(2*y-1, 2*x-1, c), at(2*y-1, 2*x, c), at(2*y, 2*x-1, c), at(2*y, 2*x, c))
					}
					if got := dst.v[(y*(w+2)+x)*s.In+c]; got != want {
						t.Fatalf("%+v: (%d, %d) channel %d = %d, want %d", s, x, y, c, got, want)
					}
				}
			}
		}
		src.check(t, "MaxPool2x2: src")
		dst.checkEnds(t, "MaxPool2x2: dst")
	}
	mustPanic(t, "plane", func() { MaxPool2x2(make([]int16, 9), make([]int16, 9), Shape{H: 2, W: 2, In: 1}) })
}
