package nn

import "oneshot/engine/kernel"

// Bias adds a learned value to each channel of a plane.
type Bias struct {
	B *Param

	ones []float32
}

// NewBias returns a bias of zeros on c channels.
func NewBias(name string, c int) *Bias {
	b := &Bias{B: NewParam(name+".bias", c), ones: make([]float32, c)}
	for i := range b.ones {
		b.ones[i] = 1
	}
	return b
}

// Forward adds the bias to x, in place, and returns it.
func (b *Bias) Forward(x *Plane) *Plane {
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range x.H {
				kernel.ScaleShiftF32(x.Row(i, y), x.Row(i, y), b.ones, b.B.Value)
			}
		}
	})
	return x
}

// Backward adds to the gradient of the bias and returns dy, which is also the gradient of x.
func (b *Bias) Backward(dy *Plane) *Plane {
	square := make([]float32, len(b.ones)) // a by-product nobody needs
	for i := range dy.N {
		for y := range dy.H {
			kernel.AddMomentsF32(b.B.Grad, square, dy.Row(i, y))
		}
	}
	return dy
}

// Params returns what is learned.
func (b *Bias) Params() []*Param { return []*Param{b.B} }
