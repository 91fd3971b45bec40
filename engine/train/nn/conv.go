package nn

import (
	"math/rand/v2"

	"oneshot/engine/kernel"
)

// Conv is a size x size convolution, stride 1, zero padding, no bias (batch normalisation follows), on
// planes of channels that are a multiple of four. Size is 1 or 3.
type Conv struct {
	In, Out, Size int
	W             *Param // (size, size, In, Out): the order in which the product walks it

	x, y, dx *Plane
	panels   []float32   // W packed for the forward product
	flipped  []float32   // W turned by 180 degrees with In and Out exchanged, for the gradient of x
	turned   []float32   // the same, packed
	dw       [][]float32 // gradient of W, one a shard
}

// NewConv returns a convolution with He-normal weights.
func NewConv(name string, in, out, size int, r *rand.Rand) *Conv {
	c := &Conv{In: in, Out: out, Size: size, W: NewParam(name+".weight", size, size, in, out)}
	c.W.HeNormal(r, in*size*size)
	return c
}

// Forward returns conv(x), (N, H, W, Out). The result is the layer's own until the next call.
func (c *Conv) Forward(x *Plane) *Plane {
	c.x, c.y = x, fit(c.y, x.N, x.H, x.W, c.Out)
	c.panels = kernel.PackF32(c.panels, c.W.Value, c.Size*c.Size*c.In, c.Out)
	Convolve(c.y, x, c.Size, c.panels)
	return c.y
}

// Convolve sets the inside of y to the product of x's neighbourhoods and packed weights.
func Convolve(y, x *Plane, size int, panels []float32) {
	g, to := x.window(size), y.inside(0, 1)
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			kernel.MulF32(y.Image(i), to, x.Image(i), g, panels, y.C)
		}
	})
}

// Backward adds to the gradient of W and returns the gradient of x. dy must have a border of zeros.
func (c *Conv) Backward(dy *Plane) *Plane {
	c.BackwardWeights(dy)
	c.dx = fit(c.dx, c.x.N, c.x.H, c.x.W, c.In)
	taps := c.Size * c.Size
	if c.flipped == nil {
		c.flipped = make([]float32, len(c.W.Value))
	}
	for t := range taps {
		for i := range c.In {
			for o := range c.Out {
				c.flipped[((taps-1-t)*c.Out+o)*c.In+i] = c.W.Value[(t*c.In+i)*c.Out+o]
			}
		}
	}
	c.turned = kernel.PackF32(c.turned, c.flipped, taps*c.Out, c.In)
	Convolve(c.dx, dy, c.Size, c.turned)
	return c.dx
}

// BackwardWeights adds to the gradient of W only: enough for a first layer.
func (c *Conv) BackwardWeights(dy *Plane) {
	if c.dw == nil {
		c.dw = make([][]float32, Shards())
		for s := range c.dw {
			c.dw[s] = make([]float32, len(c.W.Value))
		}
	}
	g, from := c.x.window(c.Size), dy.inside(0, 1)
	Parallel(c.x.N, func(s, lo, hi int) {
		clear(c.dw[s])
		for i := lo; i < hi; i++ {
			kernel.AddOuterF32(c.dw[s], c.x.Image(i), g, dy.Image(i), from, c.Out)
		}
	})
	for s := range min(Shards(), c.x.N) {
		for i, v := range c.dw[s] {
			c.W.Grad[i] += v
		}
	}
}

// Params returns what is learned.
func (c *Conv) Params() []*Param { return []*Param{c.W} }
