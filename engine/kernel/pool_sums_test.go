package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Pooling sums and requantising them is requantising and then pooling, at every size and in place.
func TestPoolingSumsIsPoolingActivations(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	for _, s := range []Shape{{5, 5, 1, 64}, {2, 2, 1, 64}, {4, 6, 1, 3}, {3, 2, 1, 16}, {7, 9, 1, 5}} {
		n := s.H * s.W * s.Out
		a, b, sums := make([]int32, n), make([]int32, n), make([]int32, n)
		for i := range n {
			a[i], b[i] = int32(r.IntN(1<<20)-1<<19), int32(r.IntN(1<<20)-1<<19)
		}
		c := &Channels{Bias: make([]int32, s.Out), Mult: make([]int32, s.Out), Shift: make([]uint8, s.Out), Hi: 4095}
		for o := range s.Out {
			c.Bias[o], c.Mult[o], c.Shift[o] = int32(r.IntN(2000)-1000), 1<<30+int32(r.IntN(1<<29)), 37
		}
		AddPair(sums, a, b)
		plane := make([]int16, s.plane(s.Out))
		Requantise(plane, sums, s, c)
		half := Shape{H: s.H / 2, W: s.W / 2, Out: s.Out}
		want := make([]int16, half.plane(s.Out))
		MaxPool2x2(want, plane, Shape{H: s.H, W: s.W, In: s.Out})

		for name, pool := range map[string]func([]int32){
			"AddPairMaxPool2x2":       func(dst []int32) { AddPairMaxPool2x2(dst, a, b, s) },
			"MaxPool2x2Sums":          func(dst []int32) { MaxPool2x2Sums(dst, sums, s) },
			"MaxPool2x2Sums in place": func(dst []int32) { own := slices.Clone(sums); MaxPool2x2Sums(own[:len(dst)], own, s); copy(dst, own) },
		} {
			pooled := make([]int32, half.H*half.W*half.Out)
			pool(pooled)
			got := make([]int16, len(want))
			Requantise(got, pooled, half, c)
			if !slices.Equal(got, want) {
				t.Errorf("%s, %v: not what pooling activations gives", name, s)
			}
		}
	}
}
