package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The loops over rows do the same operations in the same order as their references, so results are equal to the bit.
func TestRowsMatchReference(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 1))
	for range 200 {
		c, n := 1+r.IntN(70), r.IntN(20)
		if r.IntN(2) == 0 {
			c = 8 * (1 + c/8)
		}
		x, g := randomF32(r, n*c), randomF32(r, n*c)
		v := [4][]float32{randomF32(r, c), randomF32(r, c), randomF32(r, c), randomF32(r, c)}
		for name, run := range map[string]func(fast bool, out, out2 []float32){
			"moments": func(fast bool, out, out2 []float32) {
				if fast {
					AddMomentsF32(out[:c], out2[:c], x)
				} else {
					AddMomentsF32Ref(out[:c], out2[:c], x)
				}
			},
			"scaleShift": func(fast bool, out, out2 []float32) {
				if fast {
					ScaleShiftF32(out, x, v[0], v[1])
				} else {
					ScaleShiftF32Ref(out, x, v[0], v[1])
				}
			},
			"products": func(fast bool, out, out2 []float32) {
				if fast {
					AddProductsF32(out[:c], out2[:c], g, x, v[2])
				} else {
					AddProductsF32Ref(out[:c], out2[:c], g, x, v[2])
				}
			},
			"combine": func(fast bool, out, out2 []float32) {
				if fast {
					CombineF32(out[:len(x)], x, v[0], v[1], v[2])
				} else {
					CombineF32Ref(out[:len(x)], x, v[0], v[1], v[2])
				}
			},
			"scaleShiftReLU": func(fast bool, out, out2 []float32) {
				if fast {
					ScaleShiftReLUF32(out, x, v[0], v[1])
				} else {
					ScaleShiftReLUF32Ref(out, x, v[0], v[1])
				}
			},
			"productsReLU": func(fast bool, out, out2 []float32) {
				if fast {
					AddReLUProductsF32(out[:c], out2[:c], g, x, v[2], v[0], v[1])
				} else {
					AddReLUProductsF32Ref(out[:c], out2[:c], g, x, v[2], v[0], v[1])
				}
			},
			"combineReLU": func(fast bool, out, out2 []float32) {
				if fast {
					CombineReLUF32(out[:len(x)], x, v[0], v[1], v[2], v[3], v[0])
				} else {
					CombineReLUF32Ref(out[:len(x)], x, v[0], v[1], v[2], v[3], v[0])
				}
			},
			"rectify": func(fast bool, out, out2 []float32) {
				if fast {
					RectifyF32(out)
				} else {
					RectifyF32Ref(out)
				}
			},
			"mask": func(fast bool, out, out2 []float32) {
				if fast {
					MaskF32(out[:len(x)], x)
				} else {
					MaskF32Ref(out[:len(x)], x)
				}
			},
		} {
			a, a2 := randomF32(rand.New(rand.NewPCG(1, 2)), n*c+c), randomF32(rand.New(rand.NewPCG(1, 3)), n*c+c)
			b, b2 := slices.Clone(a), slices.Clone(a2)
			run(true, a, a2)
			run(false, b, b2)
			if !slices.Equal(a, b) || !slices.Equal(a2, b2) {
				t.Fatalf("%s: %d pixels of %d channels differ from the reference", name, n, c)
			}
		}
	}
}

// Small whole values make many of the four equal: the first of them must get the gradient.
func TestMaxPoolF32MatchesReference(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 1))
	for range 100 {
		c, n := 1+r.IntN(40), 1+r.IntN(9)
		if r.IntN(2) == 0 {
			c = 8 * (1 + c/8)
		}
		top, bottom, g := make([]float32, 2*n*c), make([]float32, 2*n*c), randomF32(r, n*c)
		for i := range top {
			top[i], bottom[i] = float32(r.IntN(3)), float32(r.IntN(3))
		}
		got, want := make([]float32, n*c), make([]float32, n*c)
		MaxPoolF32(got, top, bottom, c)
		MaxPoolF32Ref(want, top, bottom, c)
		var grads [4][]float32
		for i := range grads {
			grads[i] = randomF32(r, len(top)) // all of it must be overwritten
		}
		MaxPoolGradF32(grads[0], grads[1], top, bottom, g, c)
		MaxPoolGradF32Ref(grads[2], grads[3], top, bottom, g, c)
		if !slices.Equal(got, want) || !slices.Equal(grads[0], grads[2]) || !slices.Equal(grads[1], grads[3]) {
			t.Fatalf("pooling %d pixels of %d channels differs from the reference", n, c)
		}
	}
}
