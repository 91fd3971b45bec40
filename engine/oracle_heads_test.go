package engine

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// Bounds on |integer - float| of the logits of heads that compare the same int16 embeddings.
const (
	// MaxSiameseError is in parts of the sum of |weight|: a component of a unit vector is rounded to
	// one in 32767, twice.
	MaxSiameseError = 3e-5
	// MaxMatchingError is of a logit, which lies between -1 and 1: memory and contexts are rounded to
	// one in 32767 of their largest value.
	MaxMatchingError = 1e-4
)

// floatsOf is an embedding as real numbers. Its scale does not matter to a head.
func floatsOf(e []int16) []float64 {
	f := make([]float64, len(e))
	for i, v := range e {
		f[i] = float64(v)
	}
	return f
}

// unitOrZero is unitOf, and zero of zero.
func unitOrZero(e []float64) []float64 {
	for _, v := range e {
		if v != 0 {
			return unitOf(e)
		}
	}
	return make([]float64, len(e))
}

func dot(a, b []float64) float64 {
	var sum float64
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// siamese is the siamese head's logit for a class with these shots.
func (o *oracle) siamese(shots [][]float64, query []float64) float64 {
	w, mean := o.values("siamese.weight"), 0.0
	q := unitOrZero(query)
	for _, s := range shots {
		logit := o.values("siamese.bias")[0]
		for i, v := range unitOrZero(s) {
			logit -= w[i] * math.Abs(q[i]-v)
		}
		mean += logit / float64(len(shots))
	}
	return mean
}

// matching is the matching head's logits of all classes, given the shots of each.
func (o *oracle) matching(support [][][]float64, query []float64) []float64 {
	gain, gate := o.values("matching.gain"), o.values("matching.gate")
	beta, tau := o.values("matching.beta")[0], o.values("matching.tau")[0]
	d := len(query)
	mean := func(all [][]float64) []float64 {
		m := make([]float64, d)
		for _, u := range all {
			for i, v := range u {
				m[i] += v / float64(len(all))
			}
		}
		return unitOrZero(m)
	}
	writers := make([][][]float64, min(len(support), 64))
	for j, shots := range support {
		var units [][]float64
		for _, s := range shots {
			units = append(units, unitOrZero(s))
		}
		writers[j%64] = append(writers[j%64], mean(units))
	}
	var memory [][]float64
	if len(support) > 1 {
		for _, w := range writers {
			memory = append(memory, mean(w))
		}
	}
	context := func(e []float64) []float64 {
		x := unitOrZero(e)
		if dot(x, x) == 0 {
			return x
		}
		r, total := make([]float64, d), 0.0
		for _, m := range memory {
			total += math.Exp(beta * dot(x, m))
		}
		for _, m := range memory {
			for i, v := range m {
				r[i] += math.Exp(beta*dot(x, m)) / total * v
			}
		}
		for i := range x {
			c := i % len(gain)
			x[i] = gain[c] * (x[i] - gate[c]*r[i])
		}
		return unitOrZero(x)
	}
	var logits []float64
	for _, shots := range support {
		var sum float64
		for _, s := range shots {
			sum += math.Exp(tau * dot(context(query), context(s)))
		}
		logits = append(logits, math.Log(sum/float64(len(shots)))/tau)
	}
	return logits
}

// The heads that compare embeddings without a network of their own give what their formulas say,
// however many classes there are and shots of each; the memory has more classes than slots, too.
func TestHeadsMatchOracle(t *testing.T) {
	m := randomModel(t, "conv 6, pool, pool, conv 5, pool; siamese; matching", 8)
	n, err := NewNetwork(m)
	if err != nil {
		t.Fatal(err)
	}
	o := newOracle(t, m)
	var span float64
	for _, w := range o.values("siamese.weight") {
		span += math.Abs(w)
	}
	r := rand.New(rand.NewPCG(6, 6))
	var siameseOff, matchingOff float64
	for _, way := range []int{1, 2, 5, 64, 65, 150} {
		siamese, matching := newClassifier(t, n, Siamese), newClassifier(t, n, Matching)
		var support [][][]float64
		for class := range way {
			shots := make([][]float64, 1+r.IntN(3))
			for i := range shots {
				e := make([]int16, n.EmbeddingLen())
				if class != 1 { // whose embeddings are zero
					n.Embed(e, scrawl(r.Uint64N(1000)))
				}
				shots[i] = floatsOf(e)
				for _, c := range []*Classifier{siamese, matching} {
					if _, err := c.AddEmbedding(strconv.Itoa(class), e); err != nil {
						t.Fatal(err)
					}
				}
			}
			support = append(support, shots)
		}
		for query := range uint64(3) {
			e := make([]int16, n.EmbeddingLen())
			if query > 0 { // else zero
				n.Embed(e, scrawl(2000+query))
			}
			siamese.scorer.ask(siamese.classes, e, norm(e))
			matching.scorer.ask(matching.classes, e, norm(e))
			wants := o.matching(support, floatsOf(e))
			for class, shots := range support {
				got, want := siamese.scorer.logit(siamese.classes[class]), o.siamese(shots, floatsOf(e))
				siameseOff = max(siameseOff, math.Abs(got-want)/span)
				if d := math.Abs(got - want); !(d <= MaxSiameseError*span) {
					t.Errorf("%d ways, query %d, class %d: siamese logit %v, oracle %v", way, query, class, got, want)
				}
				got, want = matching.scorer.logit(matching.classes[class]), wants[class]
				matchingOff = max(matchingOff, math.Abs(got-want))
				if d := math.Abs(got - want); !(d <= MaxMatchingError) {
					t.Errorf("%d ways, query %d, class %d: matching logit %v, oracle %v", way, query, class, got, want)
				}
			}
		}
	}
	t.Logf("siamese off by %.1e of the weights' sum, matching by %.1e", siameseOff, matchingOff)
}

// What the support set has in common is taken away: with a gate of one and sharp attention, the context
// of a drawing is what it does not share with the memory; with a gate of zero nothing else matters.
func TestContextDependsOnSupport(t *testing.T) {
	m := randomModel(t, "conv 6, pool, pool, conv 5, pool; matching", 8)
	context := func(gate float32, others ...uint64) direction {
		for i := range m.Tensor("matching.gate").F32 {
			m.Tensor("matching.gate").F32[i] = gate
		}
		c, err := New(m, Matching)
		if err != nil {
			t.Fatal(err)
		}
		for i, seed := range append([]uint64{1}, others...) {
			add(t, c, strconv.Itoa(i), scrawl(seed))
		}
		classify(t, c, scrawl(9))
		return c.classes[0].shots[0].context
	}
	alike := func(a, b direction) float64 { return cosine(a.vector, b.vector, a.length, b.length) }
	alone := context(0)
	if d := alike(alone, context(0, 2, 3)); d < 1-1e-9 {
		t.Errorf("with a closed gate other classes change the context: cosine %v", d)
	}
	if d := alike(alone, context(1)); d < 1-1e-9 {
		t.Errorf("a class alone has a context: cosine %v", d)
	}
	if a, b := alike(alone, context(0.5, 2, 3)), alike(alone, context(1, 2, 3)); !(a < 0.999 && b < a) {
		t.Errorf("the wider the gate, the further from the embedding: cosines %v, then %v", a, b)
	}
	if d := alike(context(1, 2, 3), context(1, 4, 5)); d > 0.999 {
		t.Errorf("other classes make no other context: cosine %v", d)
	}
}
