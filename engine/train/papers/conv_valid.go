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

// window gathers the neighbourhoods of one image of x.
func (c *Valid) window(x *nn.Plane) kernel.Gather {
	h, w := x.H-c.Size+1, x.W-c.Size+1
	g := kernel.Gather{Rows: make([]int, 0, h*w), Segments: c.Size, Run: c.run(), Pitch: (x.W + 2) * c.In}
	for i := range h {
		for j := range w {
			g.Rows = append(g.Rows, ((i+1)*(x.W+2)+j+1)*c.In)
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
	g, to := c.window(x), inside(c.y)
	nn.Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			kernel.MulF32(c.y.Image(i), to, x.Image(i), g, c.panels, c.Out)
		}
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
	to := inside(c.dx)
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
	g, from := c.window(c.x), inside(dy)
	nn.Parallel(c.x.N, func(s, lo, hi int) {
		clear(c.dw[s])
		for i := lo; i < hi; i++ {
			kernel.AddOuterF32(c.dw[s], c.x.Image(i), g, dy.Image(i), from, c.Out)
		}
	})
	for s := range min(nn.Shards(), c.x.N) {
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

// inside lists where the inner pixels of one image of p begin.
func inside(p *nn.Plane) []int {
	at := make([]int, 0, p.H*p.W)
	for y := range p.H {
		for x := range p.W {
			at = append(at, ((y+1)*(p.W+2)+x+1)*p.C)
		}
	}
	return at
}
