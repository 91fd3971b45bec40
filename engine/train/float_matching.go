package train

import (
	"math"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

// floatMatching is the matching head (Cai 2018) by its definition, in float64.
type floatMatching struct {
	gain, gate []float32 // (C)
	beta, tau  float64
}

func (l *floatLoader) matching(a engine.Arch) *floatMatching {
	_, _, c := a.EmbeddingDims()
	return &floatMatching{gain: l.values("matching.gain", c), gate: l.values("matching.gate", c),
		beta: float64(l.values("matching.beta", 1)[0]), tau: float64(l.values("matching.tau", 1)[0])}
}

// write returns the memory of a support set: class j is written into slot j mod nn.Slots.
func (m *floatMatching) write(support [][][]float32) [][]float64 {
	slots := make([][]float64, min(nn.Slots, len(support)))
	for j, shots := range support {
		at := &slots[j%nn.Slots]
		if *at == nil {
			*at = make([]float64, len(shots[0]))
		}
		for i, v := range unitOf(widened(mean(shots))) {
			(*at)[i] += v
		}
	}
	for _, s := range slots {
		unitOf(s)
	}
	return slots
}

// context returns the contextual embedding of a unit embedding: changed by what it reads from the memory.
func (m *floatMatching) context(unit []float32, slots [][]float64) []float64 {
	x := widened(unit)
	read := make([]float64, len(x))
	if len(slots) > 1 { // one class alone has nothing in common with others
		attention := make([]float64, len(slots))
		for j, s := range slots {
			attention[j] = m.beta * dot(x, s)
		}
		softmax(attention)
		for j, s := range slots {
			for i, v := range s {
				read[i] += attention[j] * v
			}
		}
	}
	for i := range x {
		k := i % len(m.gain)
		x[i] = float64(m.gain[k]) * (x[i] - float64(m.gate[k])*read[i])
	}
	return unitOf(x)
}

// matchingLearner compares a query with every shot, both in the context of the support set.
type matchingLearner struct {
	head     *floatMatching
	slots    [][]float64
	contexts [][][]float64 // of the shots of each class
	asked    []float64
}

func (h *matchingLearner) learn(support [][][]float32) {
	h.slots = h.head.write(support)
	h.contexts = make([][][]float64, len(support))
	for c, shots := range support {
		for _, s := range shots {
			h.contexts[c] = append(h.contexts[c], h.head.context(s, h.slots))
		}
	}
}

func (h *matchingLearner) ask(_ *fewshot.Drawing, unit []float32) {
	h.asked = h.head.context(unit, h.slots)
}

// logit is the logarithm of the mean over shots of exp(tau*cosine), over tau.
func (h *matchingLearner) logit(class int) float64 {
	sum := 0.0
	for _, s := range h.contexts[class] {
		sum += math.Exp(h.head.tau * (dot(h.asked, s) - 1)) // the cosine's bound keeps it in range
	}
	return math.Log(sum/float64(len(h.contexts[class])))/h.head.tau + 1
}

func widened(v []float32) []float64 {
	w := make([]float64, len(v))
	for i, x := range v {
		w[i] = float64(x)
	}
	return w
}

// unitOf scales v to length 1 in place and returns it; zeros stay zeros.
func unitOf(v []float64) []float64 {
	length := math.Sqrt(dot(v, v))
	if length == 0 {
		return v
	}
	for i := range v {
		v[i] /= length
	}
	return v
}

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// softmax replaces v by exp(v) over their sum.
func softmax(v []float64) {
	top := v[0]
	for _, x := range v {
		top = max(top, x)
	}
	sum := 0.0
	for i, x := range v {
		v[i] = math.Exp(x - top)
		sum += v[i]
	}
	for i := range v {
		v[i] /= sum
	}
}
