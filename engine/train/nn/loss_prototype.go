package nn

import "math"

// Layout says where the drawings of an episode stand in its batch: the support set first, class by
// class, then the queries, class by class.
type Layout struct{ Way, Shot, Query int }

// Images is the size of the batch.
func (l Layout) Images() int { return l.Way * (l.Shot + l.Query) }

// Support returns the place of shot k of class c.
func (l Layout) Support(c, k int) int { return c*l.Shot + k }

// Asked returns the place of query j of class c.
func (l Layout) Asked(c, j int) int { return l.Way*l.Shot + c*l.Query + j }

// PrototypeLoss is cross-entropy over the cosines of a query with the prototypes of an episode
// (Snell et al. 2017, arXiv:1703.05175, with cosine for squared distance), a learned temperature and
// an additive margin on the true class (Wang et al. 2018, arXiv:1801.05599).
type PrototypeLoss struct {
	LogT   *Param // logarithm of the temperature, (1)
	Margin float32

	protos, grad []float32

	cos, dCos      []float32 // of Turns: of every drawing with every other
	turned, panels []float32
}

// NewPrototypeLoss starts at temperature 10.
func NewPrototypeLoss(margin float32) *PrototypeLoss {
	l := &PrototypeLoss{LogT: NewParam("prototype.temperature", 1), Margin: margin}
	l.LogT.Fill(float32(math.Log(10)))
	return l
}

// Temperature is what cosines are multiplied by.
func (l *PrototypeLoss) Temperature() float32 { return float32(math.Exp(float64(l.LogT.Value[0]))) }

// Result is what a loss reports of one episode: the mean loss and the share of right answers (without margin).
type Result struct{ Loss, Accuracy float64 }

// Forward returns the loss, adds to the temperature's gradient, and returns the gradient of the unit
// embeddings u (N, d), the loss's own until the next call.
func (l *PrototypeLoss) Forward(u []float32, d int, ep Layout) (Result, []float32) {
	if len(l.grad) != len(u) || len(l.protos) != ep.Way*d {
		l.grad, l.protos = make([]float32, len(u)), make([]float32, ep.Way*d)
	}
	clear(l.grad)
	clear(l.protos)
	row := func(v []float32, i int) []float32 { return v[i*d:][:d] }
	inv := make([]float32, ep.Way)
	for c := range ep.Way {
		for k := range ep.Shot {
			axpy(row(l.protos, c), 1/float32(ep.Shot), row(u, ep.Support(c, k)))
		}
		inv[c] = normalise(row(l.protos, c))
	}
	queries := ep.Way * ep.Query
	t := l.Temperature()
	type part struct {
		loss, right, dT float64
		protos          []float32
	}
	parts := make([]part, Shards())
	Parallel(queries, func(s, lo, hi int) {
		p := &parts[s]
		p.protos = make([]float32, len(l.protos))
		logit, cos := make([]float64, ep.Way), make([]float32, ep.Way)
		for q := lo; q < hi; q++ {
			truth, at := q/ep.Query, ep.Asked(0, 0)+q
			e := row(u, at)
			best := 0
			for c := range ep.Way {
				cos[c] = Dot(e, row(l.protos, c))
				logit[c] = float64(t * cos[c])
				if cos[c] > cos[best] {
					best = c
				}
			}
			if best == truth {
				p.right++
			}
			logit[truth] -= float64(t * l.Margin)
			p.loss += crossEntropy(logit, truth)
			for c, g := range logit { // crossEntropy left the gradient there
				g /= float64(queries)
				m := float64(cos[c])
				if c == truth {
					m -= float64(l.Margin)
				}
				p.dT += g * m
				axpy(row(l.grad, at), t*float32(g), row(l.protos, c))
				axpy(row(p.protos, c), t*float32(g), e)
			}
		}
	})
	var r Result
	dProtos := make([]float32, len(l.protos))
	for _, p := range parts {
		r.Loss += p.loss / float64(queries)
		r.Accuracy += p.right / float64(queries)
		l.LogT.Grad[0] += float32(p.dT) * t
		for i, v := range p.protos {
			dProtos[i] += v
		}
	}
	for c := range ep.Way {
		v, g := row(l.protos, c), row(dProtos, c)
		axpy(g, -Dot(v, g), v)
		for k := range ep.Shot {
			axpy(row(l.grad, ep.Support(c, k)), inv[c]/float32(ep.Shot), g)
		}
	}
	return r, l.grad
}

// crossEntropy returns -log softmax(logit)[truth] and replaces logit by its gradient.
func crossEntropy(logit []float64, truth int) float64 {
	top := logit[0]
	for _, v := range logit {
		top = max(top, v)
	}
	sum, at := 0.0, logit[truth]
	for i, v := range logit {
		logit[i] = math.Exp(v - top)
		sum += logit[i]
	}
	for i := range logit {
		logit[i] /= sum
	}
	logit[truth]--
	return math.Log(sum) + top - at
}

// Params returns what is learned.
func (l *PrototypeLoss) Params() []*Param { return []*Param{l.LogT} }
