package nn

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"oneshot/engine"
)

// unitRows returns n random vectors of d values of length 1, non-negative as embeddings are.
func unitRows(r *rand.Rand, n, d int) []float32 {
	u := randomF32(r, n*d)
	for i := range n {
		row := u[i*d:][:d]
		for j, v := range row {
			row[j] = max(v, -v/4)
		}
		normalise(row)
	}
	return u
}

// Every gradient of the siamese head, its loss and its penalty, down to the embeddings.
func TestSiameseGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 1))
	const d = 24
	ep := Layout{Way: 4, Shot: 2, Query: 3}
	m := NewSiamese(d)
	for i := range m.Weight.Value {
		m.Weight.Value[i] = float32(r.NormFloat64()) // of any sign
	}
	m.Bias.Fill(0.3)
	var loss SiameseLoss
	u := unitRows(r, ep.Images(), d)
	forward := func() float64 { res, _ := loss.Forward(m.Forward(u, ep), ep); return res.Loss + m.Penalty() }
	_, g := loss.Forward(m.Forward(u, ep), ep)
	du := make([]float32, len(u))
	m.Backward(g, du)
	m.Penalty()
	weight, bias := append([]float32(nil), m.Weight.Grad...), append([]float32(nil), m.Bias.Grad...)
	numericGradient(t, "weight", r, m.Weight.Value, weight, forward)
	numericGradient(t, "bias", r, m.Bias.Value, bias, forward)
	slopes(t, forward, []*Param{{Name: "embeddings", Value: u, Grad: du}})
	slopes(t, forward, []*Param{{Name: "weights", Value: m.Weight.Value, Grad: weight}})
}

// Every gradient of the matching head and its loss, with and without classes that share a slot, down to the
// embeddings: through the queries, the shots and the memory.
func TestMatchingGradient(t *testing.T) {
	for _, ep := range []Layout{{Way: 4, Shot: 2, Query: 3}, {Way: 1, Shot: 2, Query: 2}, {Way: Slots + 3, Shot: 1, Query: 1}} {
		r := rand.New(rand.NewPCG(11, uint64(ep.Way)))
		const c, d = 4, 16
		m := NewMatching(c)
		for i := range c {
			m.LogGain.Value[i], m.Gate.Value[i] = float32(r.NormFloat64())/3, float32(r.NormFloat64())
		}
		m.LogBeta.Fill(1.2)
		m.LogTau.Fill(1)
		u := unitRows(r, ep.Images(), d)
		// One class alone is always right: a sum of its scores with random factors is checked instead of the loss.
		factors := randomF32(r, ep.Way*ep.Query*ep.Way)
		var loss MatchingLoss
		for name, lossOf := range map[string]func([]float32) (float64, []float32){
			"cross-entropy": func(s []float32) (float64, []float32) { res, g := loss.Forward(s, ep); return res.Loss, g },
			"sum":           func(s []float32) (float64, []float32) { return dot64(s, factors), factors },
		} {
			if ep.Way == 1 && name == "cross-entropy" {
				continue
			}
			for _, p := range m.Params() {
				clear(p.Grad)
			}
			forward := func() float64 { v, _ := lossOf(m.Forward(u, d, ep)); return v }
			_, g := lossOf(m.Forward(u, d, ep))
			du := make([]float32, len(u))
			m.Backward(g, du)
			params := append(m.Params(), &Param{Name: "embeddings", Value: u, Grad: du})
			if ep.Way == 1 { // no context: neither gate nor attention
				for _, p := range []*Param{m.Gate, m.LogBeta} {
					for i, v := range p.Grad {
						if v != 0 {
							t.Errorf("one class alone: gradient %d of %s is %v", i, p.Name, v)
						}
					}
				}
				params = []*Param{m.LogGain, m.LogTau, params[len(params)-1]}
			}
			slopes(t, forward, params)
			for _, p := range params {
				numericGradient(t, p.Name, r, p.Value, append([]float32(nil), p.Grad...), forward)
			}
		}
	}
}

// On a frozen encoder, without a gradient of the embeddings, the parameters' gradients are the same.
func TestHeadsOnAFrozenEncoder(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 1))
	const h, w, c = 2, 2, 16
	ep := Layout{Way: 4, Shot: 2, Query: 2}
	u := unitRows(r, ep.Images(), h*w*c)
	siamese, matching := NewSiamese(h*w*c), NewMatching(c)
	relation := NewRelation(engine.RelationArch{Pair: 16, Conv: 16, Dense: 4}, h, w, c, r)
	pairs := randomF32(r, len(siamese.Forward(u, ep)))
	scores := randomF32(r, len(matching.Forward(u, h*w*c, ep)))
	var maps Maps
	maps.Fill(u, h, w, c, ep)
	relation.Forward(maps.Classes, maps.Queries)
	for _, head := range []struct {
		params        []*Param
		joint, frozen func()
	}{
		{siamese.Params(), func() { siamese.Backward(pairs, make([]float32, len(u))) }, func() { siamese.Backward(pairs, nil) }},
		{matching.Params(), func() { matching.Backward(scores, make([]float32, len(u))) }, func() { matching.Backward(scores, nil) }},
		{relation.Params(), func() { relation.Backward(scores) }, func() { relation.BackwardWeights(scores) }},
	} {
		head.joint()
		var want [][]float32
		for _, p := range head.params {
			want = append(want, append([]float32(nil), p.Grad...))
			clear(p.Grad)
		}
		head.frozen()
		for i, p := range head.params {
			if !slices.Equal(p.Grad, want[i]) {
				t.Errorf("%s: gradient %v, with embeddings' gradients %v", p.Name, p.Grad[:1], want[i][:1])
			}
		}
	}
}

// dot64 adds up in float64: the sum of thousands of scores is to be differentiated.
func dot64(a, b []float32) (sum float64) {
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}

// The context is what the definition says, computed plainly in float64 for one query of a small set.
func TestMatchingIsItsDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 1))
	const c, d = 2, 6
	ep := Layout{Way: 3, Shot: 1, Query: 1}
	m := NewMatching(c)
	m.LogGain.Value[0], m.Gate.Value[1] = 0.4, -0.7
	u := unitRows(r, ep.Images(), d)
	scores := m.Forward(u, d, ep)
	context := func(x []float32) []float64 {
		var read [d]float64
		var sum float64
		for j := range ep.Way {
			slot := u[j*d:][:d] // one shot each: the slot is the shot
			a := math.Exp(float64(m.Beta()) * float64(Dot(x, slot)))
			sum += a
			for i, v := range slot {
				read[i] += a * float64(v)
			}
		}
		z, length := make([]float64, d), 0.0
		for i := range z {
			z[i] = math.Exp(float64(m.LogGain.Value[i%c])) * (float64(x[i]) - float64(m.Gate.Value[i%c])*read[i]/sum)
			length += z[i] * z[i]
		}
		for i := range z {
			z[i] /= math.Sqrt(length)
		}
		return z
	}
	for q := range ep.Way {
		a := context(u[(ep.Way+q)*d:][:d])
		for k := range ep.Way {
			want := 0.0
			for i, v := range context(u[k*d:][:d]) {
				want += float64(m.Tau()) * v * a[i]
			}
			if got := float64(scores[q*ep.Way+k]); math.Abs(got-want) > 1e-4 {
				t.Errorf("score of query %d with class %d is %v, want %v", q, k, got, want)
			}
		}
	}
}

// Like and unlike pairs weigh the same, whatever the number of classes: at even odds the gradient of the bias is none.
func TestSiameseLossBalancesPairs(t *testing.T) {
	for _, ep := range []Layout{{Way: 2, Shot: 1, Query: 1}, {Way: 20, Shot: 3, Query: 2}} {
		var loss SiameseLoss
		res, g := loss.Forward(make([]float32, ep.Way*ep.Query*ep.Way*ep.Shot), ep)
		sum := float64(0)
		for _, v := range g {
			sum += float64(v)
		}
		if math.Abs(sum) > 1e-6 || math.Abs(res.Loss-math.Ln2) > 1e-9 {
			t.Errorf("%d classes: gradients add up to %v, loss %v, want 0 and log 2", ep.Way, sum, res.Loss)
		}
	}
}
