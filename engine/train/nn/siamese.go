package nn

import "math"

// Siamese is the trainable comparison of two embeddings by their weighted L1 distance (Koch, Zemel and Salakhutdinov 2015,
// "Siamese Neural Networks for One-shot Image Recognition"): the logit of "the same class" of a query and a
// shot with unit embeddings q and s is
//
//	bias - sum over i of weight_i * |q_i - s_i|
//
// and its sigmoid the probability. The paper's distance goes through a sigmoid layer first; embeddings here are unit vectors.
type Siamese struct {
	Weight *Param // (1, D), in units of Unit(): about 1
	Bias   *Param // (1)

	u      []float32
	ep     Layout
	logits []float32
	parts  []siameseGradient // one a shard
}

type siameseGradient struct {
	bias            float32
	weight, support []float32
}

const (
	// siameseGain is how many logits apart the most different pairs begin, and the bias begins at half of it.
	siameseGain = 16
	// siamesePenalty is the factor of the squared weights in the loss.
	siamesePenalty = 1e-4
)

// NewSiamese returns a head for embeddings of d values whose weights are all alike.
func NewSiamese(d int) *Siamese {
	m := &Siamese{Weight: NewParam("siamese.weight", 1, d), Bias: NewParam("siamese.bias", 1)}
	m.Weight.Decay = false // Penalty is its regulariser
	m.Weight.Fill(1)
	m.Bias.Fill(siameseGain / 2)
	return m
}

// Unit is what a weight of 1 multiplies a difference of unit embeddings by. Unit embeddings of D values differ by about
// 1/sqrt(D) in each: the distance begins as siameseGain times the mean difference in that measure.
func (m *Siamese) Unit() float32 {
	return siameseGain / float32(math.Sqrt(float64(len(m.Weight.Value))))
}

// Forward returns the logit of every query with every shot, (way*query, way*shot) in the order of the layout, for the
// unit embeddings u (N, D) of an episode. The result is the head's own until the next call.
func (m *Siamese) Forward(u []float32, ep Layout) []float32 {
	d, shots := len(m.Weight.Value), ep.Way*ep.Shot
	m.u, m.ep = u, ep
	if n := ep.Way * ep.Query * shots; len(m.logits) != n {
		m.logits = make([]float32, n)
	}
	unit := m.Unit()
	Parallel(ep.Way*ep.Query, func(_, lo, hi int) {
		for q := lo; q < hi; q++ {
			e := u[(shots+q)*d:][:d]
			for s := range shots {
				m.logits[q*shots+s] = m.Bias.Value[0] - unit*weightedL1(m.Weight.Value, e, u[s*d:][:d])
			}
		}
	})
	return m.logits
}

func weightedL1(w, a, b []float32) float32 {
	a, b = a[:len(w)], b[:len(w)]
	var s0, s1 float32
	i := 0
	for ; i+1 < len(w); i += 2 {
		s0 += w[i] * float32(math.Abs(float64(a[i]-b[i])))
		s1 += w[i+1] * float32(math.Abs(float64(a[i+1]-b[i+1])))
	}
	if i < len(w) {
		s0 += w[i] * float32(math.Abs(float64(a[i]-b[i])))
	}
	return s0 + s1
}

// Backward takes the gradient of the logits, adds to the gradients of the parameters and, unless du is nil, to du
// those of the unit embeddings.
func (m *Siamese) Backward(dLogits, du []float32) {
	d, shots := len(m.Weight.Value), m.ep.Way*m.ep.Shot
	unit := m.Unit()
	if len(m.parts) != Shards() || len(m.parts[0].support) != shots*d {
		m.parts = make([]siameseGradient, Shards())
		for i := range m.parts {
			m.parts[i] = siameseGradient{weight: make([]float32, d), support: make([]float32, shots*d)}
		}
	}
	for i := range m.parts {
		m.parts[i].bias = 0
		clear(m.parts[i].weight)
		if du != nil {
			clear(m.parts[i].support)
		}
	}
	Parallel(m.ep.Way*m.ep.Query, func(shard, lo, hi int) {
		p := &m.parts[shard]
		for q := lo; q < hi; q++ {
			e := m.u[(shots+q)*d:][:d]
			for s := range shots {
				g := dLogits[q*shots+s]
				p.bias += g
				t := m.u[s*d:][:d]
				takeDistance(p.weight, g*unit, e, t)
				if du != nil {
					takeSlope(du[(shots+q)*d:][:d], p.support[s*d:][:d], g*unit, m.Weight.Value, e, t)
				}
			}
		}
	})
	for _, p := range m.parts {
		m.Bias.Grad[0] += p.bias
		axpy(m.Weight.Grad, 1, p.weight)
		if du != nil {
			axpy(du[:shots*d], 1, p.support)
		}
	}
}

// takeDistance subtracts g*|a-b| from dst.
func takeDistance(dst []float32, g float32, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] -= g * float32(math.Abs(float64(a[i]-b[i])))
	}
}

// takeSlope subtracts the gradients of g*sum of w*|a-b| from da and db.
func takeSlope(da, db []float32, g float32, w, a, b []float32) {
	for i, w := range w {
		slope := g * w
		switch {
		case a[i] > b[i]:
			da[i] -= slope
			db[i] += slope
		case a[i] < b[i]:
			da[i] += slope
			db[i] -= slope
		}
	}
}

// Penalty returns the paper's L2 regularisation of the weights and adds its gradient.
func (m *Siamese) Penalty() float64 {
	axpy(m.Weight.Grad, 2*siamesePenalty, m.Weight.Value)
	return siamesePenalty * float64(Dot(m.Weight.Value, m.Weight.Value))
}

// Params returns what is learned.
func (m *Siamese) Params() []*Param { return []*Param{m.Weight, m.Bias} }
