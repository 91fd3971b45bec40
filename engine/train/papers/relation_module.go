package papers

import (
	"math/rand/v2"

	"oneshot/engine/train/nn"
)

// relationShape is what Sung's and Gao's relation modules differ in.
type relationShape struct {
	h, w, c     int  // of the embeddings
	first       int  // size of the first convolution on the pair: 3, or Gao's 1
	pair, conv  int  // channels of the two convolutions
	hidden      int  // units of the first dense layer
	valid       bool // second convolution without padding and no pooling (Gao), else padding and pooling (Sung)
	dropout     float64
	denseSpread float64 // Episodic.DenseSpread
}

// relationModule is the published relation module: two convolution blocks on the pair of a class's and a query's embedding,
// a dense layer, and a sigmoid that gives the relation score 0..1.
//
// The first convolution of the concatenation [support; query] is computed as its two halves, each once for a class or a
// query: the same sum as over every pair.
type relationModule struct {
	support, query convolution
	norm           *nn.BatchNorm
	pool           *nn.MaxPool
	second         *Block
	dense, last    *nn.Dense
	rectify        Rectify
	dropout        Dropout
	squash         Sigmoid

	pairs, grad *nn.Plane
	dS, dQ      *nn.Plane
	flat        []float32
	logits      []float64 // of the last forward
	dropped     bool
	way         int // classes of the last forward
}

func newRelationModule(s relationShape, r *rand.Rand) *relationModule {
	m := &relationModule{
		support: nn.NewConv("relation.0.support", s.c, s.pair, s.first, r),
		query:   nn.NewConv("relation.0.query", s.c, s.pair, s.first, r),
		norm:    rectifiedNorm("relation.0", s.pair),
		second:  &Block{norm: rectifiedNorm("relation.1", s.conv)},
		dropout: Dropout{P: s.dropout},
	}
	h, w := s.h, s.w
	if s.valid {
		m.second.conv = NewValid("relation.1", s.pair, s.conv, 3, r)
		h, w = h-2, w-2
	} else {
		m.second.conv = nn.NewConv("relation.1", s.pair, s.conv, 3, r)
		m.pool, m.second.pool = &nn.MaxPool{}, &nn.MaxPool{}
		h, w = h/2/2, w/2/2
	}
	m.dense = nn.NewDense("relation.2", h*w*s.conv, s.hidden, r)
	m.last = nn.NewDense("relation.3", s.hidden, 1, r)
	publishedConvolution(r, m.support, m.query, m.second.conv)
	for _, d := range []*nn.Dense{m.dense, m.last} {
		normal(d.W, 0, s.denseSpread, r)
		d.B.Fill(1)
	}
	return m
}

// publishedConvolution draws first weights as the code of both Relation Networks: variance 2/(size^2*out).
func publishedConvolution(r *rand.Rand, convolutions ...convolution) {
	for _, c := range convolutions {
		for _, p := range c.Params() {
			shape := p.T.Shape()
			p.HeNormal(r, shape[0]*shape[1]*shape[3])
		}
	}
}

// normal draws the values of p from a normal distribution.
func normal(p *nn.Param, mean, deviation float64, r *rand.Rand) {
	for i := range p.Value {
		p.Value[i] = float32(mean + deviation*r.NormFloat64())
	}
}

// forward returns the relation score of every query with every class, (queries, classes), the module's own until the next
// call. With r it drops values out as in training.
func (m *relationModule) forward(classes, queries *nn.Plane, s Statistics, r *rand.Rand) []float32 {
	ys, yq := m.support.Forward(classes), m.query.Forward(queries)
	way, n := classes.N, classes.N*queries.N
	m.way = way
	m.pairs = fit(m.pairs, n, ys.H, ys.W, ys.C)
	nn.Parallel(n, func(_, lo, hi int) {
		for p := lo; p < hi; p++ {
			dst := m.pairs.Image(p)
			a, b := ys.Image(p % way)[:len(dst)], yq.Image(p / way)[:len(dst)]
			for j := range dst {
				dst[j] = a[j] + b[j]
			}
		}
	})
	x := normalise(m.norm, m.pairs, s)
	if m.pool != nil {
		x = m.pool.Forward(x)
	}
	x = m.second.Forward(x, s)
	m.flat = flatten(m.flat, x)
	m.grad = fit(m.grad, x.N, x.H, x.W, x.C)
	hidden := m.rectify.Forward(m.dense.Forward(m.flat, n))
	if m.dropped = r != nil && m.dropout.P > 0; m.dropped {
		hidden = m.dropout.Forward(hidden, r)
	}
	z := m.last.Forward(hidden, n)
	m.logits = m.logits[:0]
	for _, v := range z {
		m.logits = append(m.logits, float64(v))
	}
	return m.squash.Forward(z)
}

// backward takes the gradient of the scores, which it overwrites, and returns those of the maps.
func (m *relationModule) backward(dScores []float32) (dClasses, dQueries *nn.Plane) {
	d := m.last.Backward(m.squash.Backward(dScores))
	if m.dropped {
		d = m.dropout.Backward(d)
	}
	unflatten(m.grad, m.dense.Backward(m.rectify.Backward(d)))
	g := m.second.Backward(m.grad)
	if m.pool != nil {
		g = m.pool.Backward(g)
	}
	g = m.norm.Backward(g)
	m.dS, m.dQ = fit(m.dS, m.way, g.H, g.W, g.C), fit(m.dQ, g.N/m.way, g.H, g.W, g.C)
	nn.Parallel(m.dQ.N, func(_, lo, hi int) {
		for q := lo; q < hi; q++ {
			clear(m.dQ.Image(q))
			for c := range m.way {
				accumulate(m.dQ.Image(q), g.Image(q*m.way+c), 1)
			}
		}
	})
	nn.Parallel(m.way, func(_, lo, hi int) {
		for c := lo; c < hi; c++ {
			clear(m.dS.Image(c))
			for q := range m.dQ.N {
				accumulate(m.dS.Image(c), g.Image(q*m.way+c), 1)
			}
		}
	})
	return m.support.Backward(m.dS), m.query.Backward(m.dQ)
}

// accumulate adds factor*x to y.
func accumulate(y, x []float32, factor float32) {
	x = x[:len(y)]
	for i := range y {
		y[i] += factor * x[i]
	}
}

// flatten copies the inside of p to (N, H*W*C), in dst if it is long enough.
func flatten(dst []float32, p *nn.Plane) []float32 {
	dst = dst[:0]
	for i := range p.N {
		for y := range p.H {
			dst = append(dst, p.Row(i, y)...)
		}
	}
	return dst
}

// unflatten copies (N, H*W*C) values into the inside of p.
func unflatten(p *nn.Plane, v []float32) {
	for i := range p.N {
		for y := range p.H {
			v = v[copy(p.Row(i, y), v):]
		}
	}
}

// params returns what is learned.
func (m *relationModule) params() []*nn.Param {
	p := append(m.support.Params(), m.query.Params()...)
	p = append(append(p, m.norm.Params()...), m.second.Params()...)
	return append(append(p, m.dense.Params()...), m.last.Params()...)
}

// norms returns the batch normalisations, whose statistics are state but not parameters.
func (m *relationModule) norms() []*nn.BatchNorm { return []*nn.BatchNorm{m.norm, m.second.norm} }
