package papers

import (
	"math/rand/v2"

	"oneshot/engine/kernel"
	"oneshot/engine/train/nn"
)

// Valid is a Size x Size convolution, stride 1, without padding and without bias: (N, H, W, In) to
// (N, H-Size+1, W-Size+1, Out). Out is a multiple of 16, and so is In where the gradient of the input is asked for.
//
// The product reads Size rows of Size*In values around each place. Their length is rounded up to a multiple of four, which
// the vectorised gradient needs: the values beyond meet weights of zero.
type Valid struct {
	In, Out, Size int
	W             *nn.Param // (Size, Size, In, Out)

	x, y, dx *nn.Plane
	padded   []float32   // W with rows of run() values
	panels   []float32   // the same, packed for the product
	flipped  []float32   // W turned by 180 degrees with In and Out exchanged
	turned   []float32   // the same, packed
	dw       [][]float32 // gradient of padded, one a shard
	wide     [][]float32 // one dy with Size-1 zeros around it, one a shard
}

// NewValid returns a convolution with He-normal weights.
func NewValid(name string, in, out, size int, r *rand.Rand) *Valid {
	c := &Valid{In: in, Out: out, Size: size, W: nn.NewParam(name+".weight", size, size, in, out)}
	c.W.HeNormal(r, in*size*size)
	return c
}

// run is the length of a row of the neighbourhood as the product reads it.
func (c *Valid) run() int { return (c.Size*c.In + 3) / 4 * 4 }

// window gathers the neighbourhoods of some images of x.
func (c *Valid) window(x *nn.Plane, images int) kernel.Gather {
	h, w := x.H-c.Size+1, x.W-c.Size+1
	g := kernel.Gather{Rows: make([]int, 0, images*h*w), Segments: c.Size, Run: c.run(), Pitch: (x.W + 2) * c.In}
	for n := range images {
		for i := range h {
			for j := range w {
				g.Rows = append(g.Rows, ((n*(x.H+2)+i+1)*(x.W+2)+j+1)*c.In)
			}
		}
	}
	return g
}

// Forward returns the convolution of x. The result is the layer's own until the next call.
func (c *Valid) Forward(x *nn.Plane) *nn.Plane {
	if x.H < c.Size || x.W < c.Size || x.C != c.In {
		panic("papers: a map is smaller than the convolution or of other channels")
	}
	c.x, c.y = x, fit(c.y, x.N, x.H-c.Size+1, x.W-c.Size+1, c.Out)
	row := c.run() * c.Out
	if c.padded == nil {
		c.padded = make([]float32, c.Size*row)
	}
	for k := range c.Size {
		copy(c.padded[k*row:], c.W.Value[k*c.Size*c.In*c.Out:][:c.Size*c.In*c.Out])
	}
	c.panels = kernel.PackF32(c.panels, c.padded, c.Size*c.run(), c.Out)
	group := groupOf(c.y)
	g, to := c.window(x, group), inside(c.y, group)
	byGroups(c.y, group, func(_, lo, hi, rows int) {
		kernel.MulF32(images(c.y, lo, hi), to[:rows], images(x, lo, hi), first(g, rows), c.panels, c.Out)
	})
	return c.y
}

// Backward adds to the gradient of W and returns the gradient of x.
func (c *Valid) Backward(dy *nn.Plane) *nn.Plane {
	c.BackwardWeights(dy)
	c.dx = fit(c.dx, c.x.N, c.x.H, c.x.W, c.In)
	taps := c.Size * c.Size
	if c.flipped == nil {
		c.flipped = make([]float32, len(c.W.Value))
		c.wide = make([][]float32, nn.Shards())
	}
	for t := range taps {
		for i := range c.In {
			for o := range c.Out {
				c.flipped[((taps-1-t)*c.Out+o)*c.In+i] = c.W.Value[(t*c.In+i)*c.Out+o]
			}
		}
	}
	c.turned = kernel.PackF32(c.turned, c.flipped, taps*c.Out, c.In)
	// dx is the convolution of dy, with Size-1 zeros around it, with the turned weights.
	edge := c.Size - 1
	width := dy.W + 2*edge
	g := kernel.Gather{Segments: c.Size, Run: c.Size * c.Out, Pitch: width * c.Out}
	for i := range c.x.H {
		for j := range c.x.W {
			g.Rows = append(g.Rows, (i*width+j)*c.Out)
		}
	}
	to := inside(c.dx, 1)
	nn.Parallel(dy.N, func(s, lo, hi int) {
		if size := (dy.H + 2*edge) * width * c.Out; len(c.wide[s]) != size {
			c.wide[s] = make([]float32, size)
		}
		for i := lo; i < hi; i++ {
			for y := range dy.H {
				copy(c.wide[s][((y+edge)*width+edge)*c.Out:], dy.Row(i, y))
			}
			kernel.MulF32(c.dx.Image(i), to, c.wide[s], g, c.turned, c.In)
		}
	})
	return c.dx
}

// BackwardWeights adds to the gradient of W only: enough for a first layer.
func (c *Valid) BackwardWeights(dy *nn.Plane) {
	row := c.run() * c.Out
	if c.dw == nil {
		c.dw = make([][]float32, nn.Shards())
		for s := range c.dw {
			c.dw[s] = make([]float32, c.Size*row)
		}
	}
	for _, dw := range c.dw {
		clear(dw)
	}
	group := groupOf(dy)
	g, from := c.window(c.x, group), inside(dy, group)
	byGroups(dy, group, func(s, lo, hi, rows int) {
		kernel.AddOuterF32(c.dw[s], images(c.x, lo, hi), first(g, rows), images(dy, lo, hi), from[:rows], c.Out)
	})
	for s := range c.dw {
		for k := range c.Size {
			grad := c.W.Grad[k*c.Size*c.In*c.Out:][:c.Size*c.In*c.Out]
			for i, v := range c.dw[s][k*row:][:len(grad)] {
				grad[i] += v
			}
		}
	}
}

// Params returns what is learned.
func (c *Valid) Params() []*nn.Param { return []*nn.Param{c.W} }

// fit returns p if it has the wanted size and a new plane otherwise.
func fit(p *nn.Plane, n, h, w, c int) *nn.Plane {
	if p != nil && p.N == n && p.H == h && p.W == w && p.C == c {
		return p
	}
	return nn.NewPlane(n, h, w, c)
}

// inside lists where the inner pixels of the first images of p begin.
func inside(p *nn.Plane, images int) []int {
	at := make([]int, 0, images*p.H*p.W)
	for n := range images {
		for y := range p.H {
			for x := range p.W {
				at = append(at, ((n*(p.H+2)+y+1)*(p.W+2)+x+1)*p.C)
			}
		}
	}
	return at
}

// images returns the bordered maps of images lo to hi.
func images(p *nn.Plane, lo, hi int) []float32 {
	size := (p.H + 2) * (p.W + 2) * p.C
	return p.Data[lo*size : hi*size]
}

// first is g with no more than its first rows.
func first(g kernel.Gather, rows int) kernel.Gather {
	g.Rows = g.Rows[:rows]
	return g
}

// enoughRows is how many pixels a product should have: small planes are taken several at a time, or weights and their
// gradients would be read and written for a few pixels.
const enoughRows = 196

func groupOf(y *nn.Plane) int { return min(y.N, (enoughRows+y.H*y.W-1)/(y.H*y.W)) }

// byGroups runs f on groups of images of y and tells it how many pixels they have.
func byGroups(y *nn.Plane, group int, f func(shard, lo, hi, rows int)) {
	nn.Parallel(y.N, func(s, lo, hi int) {
		for i := lo; i < hi; i += group {
			end := min(i+group, hi)
			f(s, i, end, (end-i)*y.H*y.W)
		}
	})
}
