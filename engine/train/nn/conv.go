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
func (c *Conv) Forward(x *Plane) *Plane { return c.forward(x, nil) }

// forward is Forward; then, if not nil, is called with images as they are done, while they are still in the cache.
func (c *Conv) forward(x *Plane, then imageFunc) *Plane {
	c.x, c.y = x, fit(c.y, x.N, x.H, x.W, c.Out)
	c.panels = kernel.PackF32(c.panels, c.W.Value, c.Size*c.Size*c.In, c.Out)
	convolve(c.y, x, c.Size, c.panels, then)
	return c.y
}

// Convolve sets the inside of y to the product of x's neighbourhoods and packed weights.
func Convolve(y, x *Plane, size int, panels []float32) { convolve(y, x, size, panels, nil) }

// imageFunc works on images lo to hi, of one shard.
type imageFunc func(shard, lo, hi int)

func convolve(y, x *Plane, size int, panels []float32, then imageFunc) {
	group := groupOf(x)
	g, to := x.window(size, group), y.inside(0, group)
	byGroups(x.N, group, func(s, lo, hi int) {
		n := (hi - lo) * x.H * x.W
		g := g
		g.Rows = g.Rows[:n]
		kernel.MulF32(y.images(lo, hi), to[:n], x.images(lo, hi), g, panels, y.C)
		if then != nil {
			then(s, lo, hi)
		}
	})
}

// enoughRows is how many pixels a product should have: small planes are taken several at a time, or the tiles of
// the kernels would stand half empty and the weight gradient would be read and written for a few pixels.
const enoughRows = 196

func groupOf(x *Plane) int { return min(x.N, (enoughRows+x.H*x.W-1)/(x.H*x.W)) }

// byGroups runs f on groups of images.
func byGroups(n, group int, f imageFunc) {
	Parallel(n, func(s, lo, hi int) {
		for i := lo; i < hi; i += group {
			f(s, i, min(i+group, hi))
		}
	})
}

// Backward adds to the gradient of W and returns the gradient of x. dy must have a border of zeros.
func (c *Conv) Backward(dy *Plane) *Plane { return c.backward(dy, nil) }

// backward is Backward; first, if not nil, is called with images of dy just before they are read.
func (c *Conv) backward(dy *Plane, first imageFunc) *Plane {
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
	group := groupOf(dy)
	g, to := dy.window(c.Size, group), c.dx.inside(0, group)
	c.backwardWeights(dy, func(s, lo, hi int) {
		if first != nil {
			first(s, lo, hi)
		}
		n := (hi - lo) * dy.H * dy.W
		g := g
		g.Rows = g.Rows[:n]
		kernel.MulF32(c.dx.images(lo, hi), to[:n], dy.images(lo, hi), g, c.turned, c.In)
	})
	return c.dx
}

// BackwardWeights adds to the gradient of W only: enough for a first layer.
func (c *Conv) BackwardWeights(dy *Plane) { c.backwardWeights(dy, nil) }

func (c *Conv) backwardWeights(dy *Plane, first imageFunc) {
	if c.dw == nil {
		c.dw = make([][]float32, Shards())
		for s := range c.dw {
			c.dw[s] = make([]float32, len(c.W.Value))
		}
	}
	for _, dw := range c.dw {
		clear(dw)
	}
	group := groupOf(dy)
	g, from := c.x.window(c.Size, group), dy.inside(0, group)
	byGroups(c.x.N, group, func(s, lo, hi int) {
		if first != nil {
			first(s, lo, hi)
		}
		n := (hi - lo) * dy.H * dy.W
		g := g
		g.Rows = g.Rows[:n]
		kernel.AddOuterF32(c.dw[s], c.x.images(lo, hi), g, dy.images(lo, hi), from[:n], c.Out)
	})
	for _, dw := range c.dw {
		for i, v := range dw {
			c.W.Grad[i] += v
		}
	}
}

// Params returns what is learned.
func (c *Conv) Params() []*Param { return []*Param{c.W} }
