package papers

import (
	"math/rand/v2"

	"oneshot/engine/kernel"
	"oneshot/engine/train/nn"
)

// Wide is a dense layer y = x W + b for thousands of units, on the packed product: nn.Dense walks its weights once
// for each example, this one once for four. In and Out are multiples of 16.
type Wide struct {
	In, Out int
	W, B    *nn.Param // (In, Out), (Out)

	x, y, dx      []float32
	n             int
	panels        []float32
	turned, other []float32 // W with In and Out exchanged, and packed
}

// NewWide returns a layer with He-normal weights.
func NewWide(name string, in, out int, r *rand.Rand) *Wide {
	d := &Wide{In: in, Out: out, W: nn.NewParam(name+".weight", in, out), B: nn.NewParam(name+".bias", out)}
	d.W.HeNormal(r, in)
	return d
}

// Forward returns (n, Out) for x (n, In). The result is the layer's own until the next call.
func (d *Wide) Forward(x []float32, n int) []float32 {
	d.x, d.n = x, n
	if len(d.y) != n*d.Out {
		d.y, d.dx = make([]float32, n*d.Out), make([]float32, n*d.In)
	}
	d.panels = kernel.PackF32(d.panels, d.W.Value, d.In, d.Out)
	multiply(d.y, x, n, d.panels, d.In, d.Out)
	for i := range n {
		for j, b := range d.B.Value {
			d.y[i*d.Out+j] += b
		}
	}
	return d.y
}

// fewRows is the number of rows below which the product has no fast form.
const fewRows = 4

// multiply sets y (n, out) to x (n, in) times packed weights, the columns shared among the cores. Few rows are
// filled up with zeros: sooner done.
func multiply(y, x []float32, n int, panels []float32, in, out int) {
	if n < fewRows {
		more, filled := make([]float32, fewRows*out), make([]float32, fewRows*in)
		copy(filled, x)
		multiply(more, filled, fewRows, panels, in, out)
		copy(y, more)
		return
	}
	const width = kernel.PanelWidth
	nn.Parallel(out/width, func(_, lo, hi int) {
		g, to := rows(n, in, 0), rows(n, out, lo*width)
		kernel.MulF32(y, to.Rows, x, g, panels[lo*width*in:hi*width*in], (hi-lo)*width)
	})
}

// rows gathers n rows of the given length from offset on.
func rows(n, length, offset int) kernel.Gather {
	g := kernel.Gather{Rows: make([]int, n), Segments: 1, Run: length}
	for i := range g.Rows {
		g.Rows[i] = i*length + offset
	}
	return g
}

// Backward adds to the gradients of W and B and returns the gradient of x.
func (d *Wide) Backward(dy []float32) []float32 {
	nn.Parallel(d.In/kernel.PanelWidth, func(_, lo, hi int) {
		lo, hi = lo*kernel.PanelWidth, hi*kernel.PanelWidth
		g := rows(d.n, d.In, lo)
		g.Run = hi - lo
		kernel.AddOuterF32(d.W.Grad[lo*d.Out:hi*d.Out], d.x, g, dy, rows(d.n, d.Out, 0).Rows, d.Out)
	})
	for i := range d.n {
		for j, g := range dy[i*d.Out:][:d.Out] {
			d.B.Grad[j] += g
		}
	}
	if d.turned == nil {
		d.turned = make([]float32, len(d.W.Value))
	}
	nn.Parallel(d.Out, func(_, lo, hi int) {
		for i := range d.In {
			for o := lo; o < hi; o++ {
				d.turned[o*d.In+i] = d.W.Value[i*d.Out+o]
			}
		}
	})
	d.other = kernel.PackF32(d.other, d.turned, d.Out, d.In)
	multiply(d.dx, dy, d.n, d.other, d.Out, d.In)
	return d.dx
}

// Params returns what is learned.
func (d *Wide) Params() []*nn.Param { return []*nn.Param{d.W, d.B} }
