package papers

// Kuiliang Gao, Bing Liu, Xuchu Yu, Jinchun Qin, Pengqiang Zhang, Xiong Tan: "Deep Relation Network for Hyperspectral Image
// Few-Shot Classification", Remote Sensing 2020, 12(6), 923, doi:10.3390/rs12060923.
//
// A Relation Network for cubes of spectra: a neighbourhood of pixels with a hundred bands each, of which the class of the
// middle one is asked. The encoder convolves in three dimensions, so that it sees bands and places together, and its
// depth becomes channels of the maps that the relation module compares. Trained on some hyperspectral images, it
// classifies others from a few labelled pixels.
//
// The details are those of the authors' code (github.com/gokling1219/RN-FSC, train_RN.py and test2_RN_SA.py): blocks of a 3x3x3
// convolution, batch normalisation and ReLU, pools of 4x2x2 with padding after all but the last; means over
// shots; a relation module with valid convolutions and dropout; Adam 1e-3 halved every 5,000 of 10,000 episodes
// of 20 ways, 1 shot, 19 queries. Its two versions have 8 to 64 and 16 to 128 channels: here stand the latter, for the
// float kernels work on sixteens. The code's first relation convolution is 3x3; this project's description of the paper
// has 1x1 before 3x3, which is First's value here.

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

// Gao is the Relation Network for spectral cubes.
type Gao struct {
	Episodic
	Channels []int // of the encoder's convolutions, multiples of 16; a pool follows all but the last
	First    int   // size of the relation module's first convolution, 1 or 3
	Pair     int   // its channels, a multiple of 16
	Conv     int   // channels of its second convolution, 3x3 without padding, a multiple of 16
	Hidden   int   // units of its first dense layer
	Dropout  float64
}

// gao2020 is the recipe of the authors' code.
func gao2020() Gao {
	return Gao{
		Episodic: Episodic{Episode: nn.Layout{Way: 20, Shot: 1, Query: 19}, Episodes: 10_000, LR: 1e-3, HalveEvery: 5_000, Clip: 0.5, DenseSpread: 0.01, Settle: 5},
		Channels: []int{16, 32, 64, 128}, First: 1, Pair: 256, Conv: 128, Hidden: 64, Dropout: 0.5,
	}
}

// gao2020Small is for cubes of 9 x 9 and up to some thirty bands, and trains in minutes.
func gao2020Small() Gao {
	g := gao2020()
	g.Episode, g.Episodes = nn.Layout{Way: 5, Shot: 1, Query: 5}, 2_000
	g.Channels, g.Pair, g.Conv, g.Hidden, g.Dropout = []int{16, 16, 32}, 32, 32, 16, 0
	return g
}

// begin makes the network with its first weights. set may be nil for a network that will only be asked.
func (g Gao) begin(set *fewshot.Set, cubes *Cubes, seed uint64) (network, error) {
	if cubes == nil {
		return nil, fmt.Errorf("papers: recipe gao2020 learns from spectral cubes, not from drawings")
	}
	r := rand.New(rand.NewPCG(seed, firstWeights))
	e := newGaoEncoder(g.Channels, cubes, r)
	h, w, c := e.shape()
	if h < 3 || w < 3 {
		return nil, fmt.Errorf("papers: cubes of %d x %d become maps of %d x %d, want at least 3 x 3", cubes.H, cubes.W, h, w)
	}
	n := &relationNet{Episodic: g.Episodic, seed: seed, size: cubes.H * cubes.W * cubes.Bands, read: cubes.read, encoder: e,
		relation: newRelationModule(relationShape{h: h, w: w, c: c, first: g.First, pair: g.Pair, conv: g.Conv,
			hidden: g.Hidden, valid: true, dropout: g.Dropout, denseSpread: g.DenseSpread}, r)}
	return n, n.prepare(set)
}

// gaoEncoder embeds cubes (H, W, Bands) as maps of depth x channels.
type gaoEncoder struct {
	h, w, bands int
	stages      []gaoStage
	flatten     Flatten
	input       *nn.Plane
}

// gaoStage is one 3-D block.
type gaoStage struct {
	stack Stack
	conv  *nn.Conv      // 3x3 on three stacked slices
	norm  *nn.BatchNorm // with its ReLU
	pool  *Pool3        // nil for none
}

func newGaoEncoder(channels []int, cubes *Cubes, r *rand.Rand) *gaoEncoder {
	e := &gaoEncoder{h: cubes.H, w: cubes.W, bands: cubes.Bands}
	in := 1
	for i, out := range channels {
		name := "encoder." + strconv.Itoa(i)
		s := gaoStage{conv: nn.NewConv(name, Stacked(in), out, 3, r), norm: rectifiedNorm(name, out)}
		if i+1 < len(channels) {
			s.pool = &Pool3{Depth: 4, Side: 2}
		}
		e.stages = append(e.stages, s)
		in = out
	}
	return e
}

// shape returns the size of the maps and their channels.
func (e *gaoEncoder) shape() (h, w, c int) {
	h, w, depth := e.h, e.w, e.bands
	for _, s := range e.stages {
		if s.pool != nil {
			h, w, depth = pooled(h, s.pool.Side), pooled(w, s.pool.Side), pooled(depth, s.pool.Depth)
		}
		c = s.conv.Out
	}
	return h, w, depth * c
}

// forward takes cubes (n, H, W, Bands).
func (e *gaoEncoder) forward(cubes []float32, n int, st Statistics) *nn.Plane {
	e.input = fit(e.input, n*e.bands, e.h, e.w, 1)
	for i := range n {
		cube := cubes[i*e.h*e.w*e.bands:]
		for y := range e.h {
			for x := range e.w {
				for z := range e.bands {
					e.input.Row(i*e.bands+z, y)[x] = cube[(y*e.w+x)*e.bands+z]
				}
			}
		}
	}
	x, depth := e.input, e.bands
	for i := range e.stages {
		s := &e.stages[i]
		x = normalise(s.norm, s.conv.Forward(s.stack.Forward(x, depth)), st)
		if s.pool != nil {
			x, depth = s.pool.Forward(x, depth)
		}
	}
	return e.flatten.Forward(x, depth)
}

func (e *gaoEncoder) backward(dy *nn.Plane) {
	dy = e.flatten.Backward(dy)
	for i := len(e.stages) - 1; i >= 0; i-- {
		s := &e.stages[i]
		if s.pool != nil {
			dy = s.pool.Backward(dy)
		}
		dy = s.norm.Backward(dy)
		if i == 0 {
			s.conv.BackwardWeights(dy)
			return
		}
		dy = s.stack.Backward(s.conv.Backward(dy))
	}
}

func (e *gaoEncoder) params() (p []*nn.Param) {
	for _, s := range e.stages {
		p = append(append(p, s.conv.Params()...), s.norm.Params()...)
	}
	return p
}

func (e *gaoEncoder) norms() (b []*nn.BatchNorm) {
	for _, s := range e.stages {
		b = append(b, s.norm)
	}
	return b
}

func (e *gaoEncoder) twin() encoder {
	t := &gaoEncoder{h: e.h, w: e.w, bands: e.bands}
	for _, s := range e.stages {
		c := gaoStage{conv: &nn.Conv{In: s.conv.In, Out: s.conv.Out, Size: s.conv.Size, W: s.conv.W}, norm: twinNorm(s.norm)}
		if s.pool != nil {
			c.pool = &Pool3{Depth: s.pool.Depth, Side: s.pool.Side}
		}
		t.stages = append(t.stages, c)
	}
	return t
}
