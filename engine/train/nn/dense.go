package nn

import "math/rand/v2"

// Dense is y = W x + b on vectors.
type Dense struct {
	In, Out int
	W, B    *Param // (Out, In), (Out)

	x, y, dx []float32
	n        int
}

// NewDense returns a layer with He-normal weights.
func NewDense(name string, in, out int, r *rand.Rand) *Dense {
	d := &Dense{In: in, Out: out, W: NewParam(name+".weight", out, in), B: NewParam(name+".bias", out)}
	d.W.HeNormal(r, in)
	return d
}

// Forward returns (n, Out) for x (n, In). The result is the layer's own until the next call.
func (d *Dense) Forward(x []float32, n int) []float32 {
	d.x, d.n = x, n
	if len(d.y) != n*d.Out {
		d.y, d.dx = make([]float32, n*d.Out), make([]float32, n*d.In)
	}
	Parallel(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for o := range d.Out {
				d.y[i*d.Out+o] = d.B.Value[o] + Dot(d.W.Value[o*d.In:][:d.In], x[i*d.In:][:d.In])
			}
		}
	})
	return d.y
}

// Backward adds to the gradients of W and B and returns the gradient of x.
func (d *Dense) Backward(dy []float32) []float32 {
	Parallel(d.n, func(_, lo, hi int) {
		clear(d.dx[lo*d.In : hi*d.In])
		for i := lo; i < hi; i++ {
			for o := range d.Out {
				axpy(d.dx[i*d.In:][:d.In], dy[i*d.Out+o], d.W.Value[o*d.In:][:d.In])
			}
		}
	})
	Parallel(d.Out, func(_, lo, hi int) {
		for o := lo; o < hi; o++ {
			for i := range d.n {
				g := dy[i*d.Out+o]
				d.B.Grad[o] += g
				axpy(d.W.Grad[o*d.In:][:d.In], g, d.x[i*d.In:][:d.In])
			}
		}
	})
	return d.dx
}

// Params returns what is learned.
func (d *Dense) Params() []*Param { return []*Param{d.W, d.B} }
