package nn

import (
	"math"
	"math/rand/v2"

	"oneshot/engine"
)

// Relation is the trainable relation module (Sung et al. 2018, arXiv:1711.06025): a small CNN on the
// pair of a class's and a query's embedding, ending in a relation score 0..1.
//
// Its first convolution of the concatenation [support; query] is kept as its two halves, which is the same sum.
// The halves start as each other's negative: the module begins by looking at differences. There is no batch normalisation,
// which the paper's module has: its statistics are those of the mix of pairs in a batch, and the
// accuracy of the folded module moved by five points with the mix that they were taken from (EXPERIMENTS.md).
//
// The first convolution looks at 3x3 places, as the paper's, or at one: Gao et al. 2020 compare place with place first
// and let only the second convolution look around.
type Relation struct {
	Support, Query *Conv // halves of the first convolution, C -> Pair
	Bias0          *Bias
	Conv1          *Conv // Pair -> Conv
	Bias1          *Bias
	Dense2, Dense3 *Dense // H*W*Conv -> Dense -> 1

	relu0, relu1   ReLU
	hidden         []float32 // output of Dense2 after ReLU, (pairs, Dense)
	flat           []float32 // input of Dense2, (pairs, H*W*Conv)
	pairs, dPairs  *Plane
	dS, dQ         *Plane
	scores, dLogit []float32
}

// PairSize is the size of the pair's convolution: 1 or 3.
func PairSize(a engine.RelationArch) int {
	if a.Pointwise {
		return 1
	}
	return 3
}

// NewRelation returns a module for embeddings of c channels on h x w.
func NewRelation(a engine.RelationArch, h, w, c int, r *rand.Rand) *Relation {
	pair := PairSize(a)
	m := &Relation{
		Support: NewConv("relation.0.support", c, a.Pair, pair, r), Query: NewConv("relation.0.query", c, a.Pair, pair, r),
		Bias0: NewBias("relation.0", a.Pair),
		Conv1: NewConv("relation.1", a.Pair, a.Conv, 3, r), Bias1: NewBias("relation.1", a.Conv),
		Dense2: NewDense("relation.2", h*w*a.Conv, a.Dense, r), Dense3: NewDense("relation.3", a.Dense, 1, r),
	}
	for i, v := range m.Support.W.Value {
		m.Query.W.Value[i] = -v
	}
	return m
}

// Forward returns the relation score of every query with every class, (queries, classes), for maps
// (classes, H, W, C) and (queries, H, W, C). The result is the module's own until the next call.
func (m *Relation) Forward(classes, queries *Plane) []float32 {
	ys, yq := m.Support.Forward(classes), m.Query.Forward(queries)
	way, n := classes.N, classes.N*queries.N
	m.pairs = fit(m.pairs, n, ys.H, ys.W, ys.C)
	Parallel(n, func(_, lo, hi int) {
		for p := lo; p < hi; p++ {
			s, dst := ys.Image(p%way), m.pairs.Image(p)
			q := yq.Image(p / way)[:len(dst)]
			for j, v := range s[:len(dst)] {
				dst[j] = v + q[j]
			}
		}
	})
	x := m.relu1.Forward(m.Bias1.Forward(m.Conv1.Forward(m.relu0.Forward(m.Bias0.Forward(m.pairs)))))
	m.flat = flatten(m.flat, x)
	m.hidden = append(m.hidden[:0], m.Dense2.Forward(m.flat, n)...)
	for i, v := range m.hidden {
		m.hidden[i] = max(v, 0)
	}
	if len(m.scores) != n {
		m.scores, m.dLogit = make([]float32, n), make([]float32, n)
	}
	for i, z := range m.Dense3.Forward(m.hidden, n) {
		m.scores[i] = float32(1 / (1 + math.Exp(-float64(z))))
	}
	return m.scores
}

// flatten copies the inside of p to (N, H*W*C).
func flatten(dst []float32, p *Plane) []float32 {
	dst = dst[:0]
	for i := range p.N {
		for y := range p.H {
			dst = append(dst, p.Row(i, y)...)
		}
	}
	return dst
}

// Backward takes the gradient of the scores, adds to the gradients of the parameters, and returns those of the maps.
func (m *Relation) Backward(dScores []float32) (dClasses, dQueries *Plane) {
	m.backPairs(dScores)
	return m.Support.Backward(m.dS), m.Query.Backward(m.dQ)
}

// BackwardWeights adds to the gradients of the parameters only: enough on a frozen encoder.
func (m *Relation) BackwardWeights(dScores []float32) {
	m.backPairs(dScores)
	m.Support.BackwardWeights(m.dS)
	m.Query.BackwardWeights(m.dQ)
}

// backPairs goes from the scores to the halves of the first convolution, dS and dQ.
func (m *Relation) backPairs(dScores []float32) {
	for i, s := range m.scores {
		m.dLogit[i] = dScores[i] * s * (1 - s)
	}
	dh := m.Dense3.Backward(m.dLogit)
	for i, v := range m.hidden {
		if v <= 0 {
			dh[i] = 0
		}
	}
	d := m.Dense2.Backward(dh)
	y := m.relu1.y
	m.dPairs = fit(m.dPairs, y.N, y.H, y.W, y.C)
	for i := range y.N {
		for r := range y.H {
			d = d[copy(m.dPairs.Row(i, r), d):]
		}
	}
	g := m.Bias0.Backward(m.relu0.Backward(m.Conv1.Backward(m.Bias1.Backward(m.relu1.Backward(m.dPairs)))))
	way, queries := m.Support.x.N, m.Query.x.N
	m.dS, m.dQ = fit(m.dS, way, g.H, g.W, g.C), fit(m.dQ, queries, g.H, g.W, g.C)
	Parallel(queries, func(_, lo, hi int) {
		for q := lo; q < hi; q++ {
			clear(m.dQ.Image(q))
			for c := range way {
				axpy(m.dQ.Image(q), 1, g.Image(q*way+c))
			}
		}
	})
	Parallel(way, func(_, lo, hi int) {
		for c := lo; c < hi; c++ {
			clear(m.dS.Image(c))
			for q := range queries {
				axpy(m.dS.Image(c), 1, g.Image(q*way+c))
			}
		}
	})
}

// Params returns what is learned.
func (m *Relation) Params() (p []*Param) {
	for _, l := range []interface{ Params() []*Param }{m.Support, m.Query, m.Bias0, m.Conv1, m.Bias1, m.Dense2, m.Dense3} {
		p = append(p, l.Params()...)
	}
	return p
}
