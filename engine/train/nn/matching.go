package nn

import "math"

// Slots is how many slots the memory of Matching has: with more classes, some share one.
const Slots = 64

// Matching is the trainable comparison in the context of the support set (Cai et al. 2018, "Memory Matching Networks for
// One-Shot Image Recognition"). The support set is written into the slots of a memory; every embedding, of
// a shot or of a query, reads it by attention and is changed by what it read; then a query is compared with
// each shot by cosine.
//
//	slot m_j = unit(mean of the prototypes of its classes), class j in slot j mod Slots
//	a_j      = softmax over j of beta*<x, m_j>,  r = sum of a_j*m_j
//	c(x)     = unit(gain * (x - gate*r))
//
// The paper writes with a learned controller and reads with an LSTM over the support set. Here a class writes itself and
// one gate a channel says how much of what was read is taken away, or added where it is negative: a set of
// any size and in any order is read alike, and the gradient does not go through a sequence.
type Matching struct {
	LogGain, Gate   *Param // (C); gain is learned as its logarithm, so it stays positive
	LogBeta, LogTau *Param // (1), sharpness of the attention and of the answer, as logarithms

	ep                   Layout
	d                    int
	u                    []float32
	protos, slots        []float32 // (way, D), (slots, D), of length 1
	protoScale, mixScale []float32 // what made them so
	attention            []float32 // (N, slots)
	read                 []float32 // (N, D)
	contexts             []float32 // (N, D)
	scale                []float32 // what made contexts length 1, (N)
	cosines              []float32 // (way*query, way*shot)
	scores               []float32 // (way*query, way)
	dContexts            []float32
}

// NewMatching returns a head for embeddings of c channels: it begins as a comparison by cosine after half of the mean of
// the support set is taken away.
func NewMatching(c int) *Matching {
	m := &Matching{LogGain: NewParam("matching.gain", c), Gate: NewParam("matching.gate", c),
		LogBeta: NewParam("matching.beta", 1), LogTau: NewParam("matching.tau", 1)}
	m.Gate.Fill(0.5)
	m.LogTau.Fill(float32(math.Log(10)))
	return m
}

// Gain, Beta and Tau are the parameters that are learned as logarithms.
func (m *Matching) Gain() []float32 {
	g := make([]float32, len(m.LogGain.Value))
	for i, v := range m.LogGain.Value {
		g[i] = exp32(v)
	}
	return g
}

// Beta is the sharpness of the attention.
func (m *Matching) Beta() float32 { return exp32(m.LogBeta.Value[0]) }

// Tau is the sharpness of the answer.
func (m *Matching) Tau() float32 { return exp32(m.LogTau.Value[0]) }

func exp32(v float32) float32 { return float32(math.Exp(float64(v))) }

// Forward returns for every query and class the logarithm of the mean over shots of exp(tau*cosine), (way*query, way),
// for the unit embeddings u (N, d) of an episode: tau times the logit of the engine. The
// result is the head's own until the next call.
func (m *Matching) Forward(u []float32, d int, ep Layout) []float32 {
	m.u, m.d, m.ep = u, d, ep
	m.write()
	m.readAll()
	shots, queries, tau := ep.Way*ep.Shot, ep.Way*ep.Query, float64(m.Tau())
	m.cosines, m.scores = sized(m.cosines, queries*shots), sized(m.scores, queries*ep.Way)
	Parallel(queries, func(_, lo, hi int) {
		for q := lo; q < hi; q++ {
			c := m.row(m.contexts, shots+q)
			row := m.cosines[q*shots:][:shots]
			for s := range row {
				row[s] = Dot(c, m.row(m.contexts, s))
			}
			for k := range ep.Way {
				sum := 0.0
				for _, v := range row[k*ep.Shot:][:ep.Shot] {
					sum += math.Exp(tau * float64(v-1)) // the cosine's bound keeps it in range
				}
				m.scores[q*ep.Way+k] = float32(math.Log(sum/float64(ep.Shot)) + tau)
			}
		}
	})
	return m.scores
}

func (m *Matching) row(v []float32, i int) []float32 { return v[i*m.d:][:m.d] }

// sized returns v with n values, kept if it has them.
func sized(v []float32, n int) []float32 {
	if len(v) == n {
		return v
	}
	return make([]float32, n)
}

// write fills the memory from the support set.
func (m *Matching) write() {
	way := m.ep.Way
	slots := min(Slots, way)
	m.protos, m.slots = sized(m.protos, way*m.d), sized(m.slots, slots*m.d)
	m.protoScale, m.mixScale = sized(m.protoScale, way), sized(m.mixScale, slots)
	clear(m.protos)
	clear(m.slots)
	for c := range way {
		p := m.row(m.protos, c)
		for k := range m.ep.Shot {
			axpy(p, 1/float32(m.ep.Shot), m.row(m.u, m.ep.Support(c, k)))
		}
		m.protoScale[c] = normalise(p)
		axpy(m.row(m.slots, c%slots), m.share(c%slots), p)
	}
	for j := range slots {
		m.mixScale[j] = normalise(m.row(m.slots, j))
	}
}

// share is the part of one class in slot j.
func (m *Matching) share(j int) float32 { return 1 / float32((m.ep.Way-j-1)/Slots+1) }

// readAll turns every embedding into a contextual one.
func (m *Matching) readAll() {
	n, slots := m.ep.Images(), len(m.mixScale)
	m.attention, m.read = sized(m.attention, n*slots), sized(m.read, n*m.d)
	m.contexts, m.scale = sized(m.contexts, n*m.d), sized(m.scale, n)
	gain, gate, beta := m.Gain(), m.Gate.Value, m.Beta()
	Parallel(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			x, r, z := m.row(m.u, i), m.row(m.read, i), m.row(m.contexts, i)
			clear(r)
			if m.ep.Way > 1 { // one class alone has nothing in common with others
				a := m.attention[i*slots:][:slots]
				for j := range a {
					a[j] = beta * Dot(x, m.row(m.slots, j))
				}
				softmax(a)
				for j, v := range a {
					axpy(r, v, m.row(m.slots, j))
				}
			}
			for at := 0; at < m.d; at += len(gain) {
				for k, g := range gain {
					z[at+k] = g * (x[at+k] - gate[k]*r[at+k])
				}
			}
			m.scale[i] = normalise(z)
		}
	})
}

// softmax replaces v by exp(v) over their sum.
func softmax(v []float32) {
	top := v[0]
	for _, x := range v {
		top = max(top, x)
	}
	sum := float32(0)
	for i, x := range v {
		v[i] = exp32(x - top)
		sum += v[i]
	}
	for i := range v {
		v[i] /= sum
	}
}

// Params returns what is learned.
func (m *Matching) Params() []*Param { return []*Param{m.LogGain, m.Gate, m.LogBeta, m.LogTau} }
