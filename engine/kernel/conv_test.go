package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// Tiny convolutions worked out by hand. The planes are written with their border.
func TestConv3x3ByHand(t *testing.T) {
	for _, c := range []struct {
		name string
		s    Shape
		src  []int16
		w    []int8 // OIHW
		want []int32
	}{
		{
			// The centre of the kernel is 5, so a lone pixel sees only that.
			"one pixel", Shape{1, 1, 1, 1},
			[]int16{0, 0, 0, 0, 7, 0, 0, 0, 0},
			[]int8{1, 2, 3, 4, 5, 6, 7, 8, 9},
			[]int32{35},
		},
		{
			"2x2", Shape{2, 2, 1, 1},
			[]int16{
				0, 0, 0, 0,
				0, 1, 2, 0,
				0, 3, 4, 0,
				0, 0, 0, 0,
			},
			[]int8{1, 2, 3, 4, 5, 6, 7, 8, 9},
			[]int32{
				1*5 + 2*6 + 3*8 + 4*9, 1*4 + 2*5 + 3*7 + 4*8,
				1*2 + 2*3 + 3*5 + 4*6, 1*1 + 2*2 + 3*4 + 4*5,
			},
		},
		{
			// Two inputs, two outputs: the first output is the left neighbour's first channel less
			// its second one, the second output ten times the pixel's own second channel.
			"1x2 two channels", Shape{1, 2, 2, 2},
			[]int16{
				0, 0, 0, 0, 0, 0, 0, 0,
				0, 0, 5, -3, 2, 9, 0, 0,
				0, 0, 0, 0, 0, 0, 0, 0,
			},
			[]int8{
				0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0,
				0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0,
			},
			[]int32{0, -30, 5 + 3, 90},
		},
		{
			// The largest values of the network: 9 pixels of 4095 times 127, at the centre only.
			"extremes", Shape{3, 3, 1, 1},
			[]int16{
				0, 0, 0, 0, 0,
				0, 4095, 4095, 4095, 0,
				0, 4095, 4095, 4095, 0,
				0, 4095, 4095, 4095, 0,
				0, 0, 0, 0, 0,
			},
			[]int8{127, 127, 127, 127, 127, 127, 127, 127, 127},
			[]int32{2080260, 3120390, 2080260, 3120390, 4680585, 3120390, 2080260, 3120390, 2080260},
		},
	} {
		got := make([]int32, len(c.want))
		Conv3x3Ref(got, c.src, c.w, c.s)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: Conv3x3Ref = %v, want %v", c.name, got, c.want)
		}
		clear(got)
		Conv3x3(got, c.src, PackConv3x3(c.w, c.s.In, c.s.Out), c.s)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: Conv3x3 = %v, want %v", c.name, got, c.want)
		}
		clear(got)
		Conv3x3Scalar(got, c.src, PackConv3x3(c.w, c.s.In, c.s.Out), c.s)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: Conv3x3Scalar = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestConv1x1ByHand(t *testing.T) {
	s := Shape{H: 1, W: 2, In: 2, Out: 3}
	src := []int16{
		0, 0, 0, 0, 0, 0, 0, 0,
		0, 0, 5, -3, 2, 9, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0,
	}
	w := []int8{1, 0, 0, 1, 10, -100}
	want := []int32{5, -3, 350, 2, 9, -880}
	got := make([]int32, len(want))
	Conv1x1Ref(got, src, w, s)
	if !slices.Equal(got, want) {
		t.Errorf("Conv1x1Ref = %v, want %v", got, want)
	}
	clear(got)
	Conv1x1(got, src, PackConv1x1(w, s.In, s.Out), s)
	if !slices.Equal(got, want) {
		t.Errorf("Conv1x1 = %v, want %v", got, want)
	}
}

// testShapes are the shapes of the network, the awkward ones, and random ones.
func testShapes(r *rand.Rand) []Shape {
	shapes := []Shape{
		{28, 28, 1, 32}, {14, 14, 32, 64}, {7, 7, 64, 128}, {3, 3, 128, 48}, {3, 3, 48, 48},
		{1, 1, 1, 16}, {1, 1, 2, 16}, {1, 5, 2, 16}, {5, 1, 2, 16}, {2, 1, 6, 32}, {1, 2, 6, 32},
		{3, 3, 130, 128}, {2, 2, 3, 17}, {4, 3, 5, 1}, {3, 5, 7, 31},
	}
	for range 40 {
		shapes = append(shapes, Shape{1 + r.IntN(9), 1 + r.IntN(9), 2 * (1 + r.IntN(65)), 16 * (1 + r.IntN(8))})
	}
	for range 40 {
		shapes = append(shapes, Shape{1 + r.IntN(9), 1 + r.IntN(9), 1 + r.IntN(40), 1 + r.IntN(70)})
	}
	return shapes
}

// Every implementation gives the same bits as the definition, on any int16 and int8, wrapped sums
// included, and touches nothing but its result.
func TestConvSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range testShapes(r) {
		src, raw := randI16(r, s.plane(s.In)), randI8(r, s.Out*s.In*9)
		want := make([]int32, s.H*s.W*s.Out)
		Conv3x3Ref(want, src, raw, s)
		checkConv(t, fmt.Sprintf("3x3 %+v", s), window3x3(s), 0, src, PackConv3x3(raw, s.In, s.Out), want)

		raw = raw[:s.Out*s.In]
		Conv1x1Ref(want, src, raw, s)
		g, first := window1x1(s)
		checkConv(t, fmt.Sprintf("1x1 %+v", s), g, first, src, PackConv1x1(raw, s.In, s.Out), want)
	}
}

// checkConv holds every implementation against want.
func checkConv(t *testing.T, what string, g window, first int, in, packed []int16, want []int32) {
	t.Helper()
	src, w, got := guard(in), guard(packed), guard(make([]int32, len(want)))
	for _, k := range kernels() {
		clear(got.v)
		k.convolve(got.v, src.v[first:], w.v, g)
		if i := firstDifference(got.v, want); i >= 0 {
			t.Fatalf("%s %s: sum %d is %d, want %d", k.name, what, i, got.v[i], want[i])
		}
		src.check(t, k.name+" "+what+": src")
		w.check(t, k.name+" "+what+": w")
		got.checkEnds(t, k.name+" "+what+": dst")
	}
}

// A convolution of [s; q] is the sum of those of its halves.
func TestConvPair(t *testing.T) {
	const c = 10
	r := rand.New(rand.NewPCG(3, 4))
	s := Shape{H: 3, W: 3, In: 2 * c, Out: 24}
	half := Shape{H: 3, W: 3, In: c, Out: 24}
	support, query := inside(r, half.Whole(), c), inside(r, half.Whole(), c)
	both := make([]int16, 0, s.plane(s.In))
	for i := 0; i < len(support); i += c {
		both = append(append(both, support[i:i+c]...), query[i:i+c]...)
	}
	raw := randI8(r, s.Out*s.In*9)
	n := s.H * s.W * s.Out
	want, a, b := make([]int32, n), make([]int32, n), make([]int32, n)
	Conv3x3Ref(want, both, raw, s)
	Conv3x3(a, support, PackConv3x3Part(raw, s.In, s.Out, 0, c), half)
	Conv3x3(b, query, PackConv3x3Part(raw, s.In, s.Out, c, c), half)
	sum := guard(make([]int32, n))
	AddPair(sum.v, a, b)
	if !slices.Equal(sum.v, want) {
		t.Error("the halves do not add up to the whole")
	}
	sum.checkEnds(t, "AddPair: dst")
	AddPair(a, a, b)
	if !slices.Equal(a, want) {
		t.Error("AddPair in place gives another result")
	}

	Conv1x1Ref(want, both, raw[:s.Out*s.In], s)
	Conv1x1(a, support, PackConv1x1Part(raw[:s.Out*s.In], s.In, s.Out, 0, c), half)
	Conv1x1(b, query, PackConv1x1Part(raw[:s.Out*s.In], s.In, s.Out, c, c), half)
	AddPair(a, a, b)
	if !slices.Equal(a, want) {
		t.Error("the halves of a 1x1 convolution do not add up to the whole")
	}
}

func TestConvPanics(t *testing.T) {
	s := Shape{H: 2, W: 2, In: 2, Out: 16}
	dst, src, w := make([]int32, 64), make([]int16, 32), make([]int16, 9*32)
	Conv3x3(dst, src, w, s)
	mustPanic(t, "short dst", func() { Conv3x3(dst[1:], src, w, s) })
	mustPanic(t, "short src", func() { Conv3x3(dst, src[1:], w, s) })
	mustPanic(t, "short w", func() { Conv3x3(dst, src, w[1:], s) })
	mustPanic(t, "no rows", func() { Conv3x3(nil, make([]int16, 16), w, Shape{H: 0, W: 2, In: 2, Out: 16}) })
	mustPanic(t, "negative sides", func() { Conv3x3(dst, src, w, Shape{H: -2, W: -2, In: 2, Out: 16}) })
	mustPanic(t, "1x1 with 3x3 weights", func() { Conv1x1(dst, src, w, s) })
	mustPanic(t, "pack", func() { PackConv3x3(make([]int8, 8), 1, 1) })
	mustPanic(t, "pack part", func() { PackConv3x3Part(make([]int8, 9), 1, 1, 1, 1) })
	mustPanic(t, "pack 1x1 part", func() { PackConv1x1Part(make([]int8, 2), 2, 1, 1, 2) })
	mustPanic(t, "pack 1x1", func() { PackConv1x1(make([]int8, 2), 3, 1) })
	mustPanic(t, "AddPair", func() { AddPair(dst, dst, dst[1:]) })
}
