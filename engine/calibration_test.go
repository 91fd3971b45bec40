package engine

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"oneshot/weights"
)

// calibrated is a random model in which every head has a temperature and a threshold.
func calibrated(t testing.TB, temperature, threshold float32) *weights.Model {
	t.Helper()
	m := randomModel(t, plainArch, 3)
	for _, h := range heads {
		if x := m.Tensor(h.String() + ".temperature"); x != nil {
			x.F32[0] = temperature
		} else {
			m.Tensors = append(m.Tensors, weights.Tensor{Name: h.String() + ".temperature", Dims: []int{1}, F32: []float32{temperature}})
		}
		m.Tensors = append(m.Tensors, weights.Tensor{Name: h.String() + ".threshold", Dims: []int{1}, F32: []float32{threshold}})
	}
	return m
}

// Confidences are the softmax of the head's temperature times its logits, and the evidence is the
// logit of the first class.
func TestConfidence(t *testing.T) {
	for _, temperature := range []float32{0.5, 1, 7} {
		n, err := NewNetwork(calibrated(t, temperature, 0))
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range heads {
			c := newClassifier(t, n, h)
			for i := range uint64(6) {
				add(t, c, strconv.Itoa(int(i%4)), scrawl(i))
			}
			got := classify(t, c, scrawl(9))
			logits := map[string]float64{}
			var sum, best float64 = 0, math.Inf(-1)
			for _, k := range c.classes {
				v := c.scorer.logit(k)
				logits[k.name] = v
				best = max(best, v)
				sum += math.Exp(float64(temperature) * v)
			}
			if got.Evidence != best || logits[got.Ranking[0].Class] != best {
				t.Errorf("%v: evidence %v for %q, the best logit is %v", h, got.Evidence, got.Ranking[0].Class, best)
			}
			for _, r := range got.Ranking {
				want := math.Exp(float64(temperature)*logits[r.Class]) / sum
				if math.Abs(float64(r.Confidence)-want) > 1e-6 {
					t.Errorf("%v at temperature %v: %q has confidence %v, want %v", h, temperature, r.Class, r.Confidence, want)
				}
			}
		}
	}
}

// A head without calibration has temperature 1 and never answers none.
func TestUncalibrated(t *testing.T) {
	n := newNetwork(t, plainArch)
	for _, h := range heads[1:] {
		if got := n.calibrations[h].temperature; got != 1 {
			t.Errorf("%v: temperature %v, want 1", h, got)
		}
		for _, n := range []*Network{n, newNetwork(t, "conv 2, pool, pool")} { // one has the head, one has not
			if got := n.Threshold(h); !math.IsInf(got, -1) {
				t.Errorf("%v: the model's threshold is %v, want negative infinity", h, got)
			}
		}
	}
	eachHead(t, func(t *testing.T, c *Classifier) {
		if got := c.Threshold(); !math.IsInf(got, -1) {
			t.Errorf("threshold %v, want negative infinity", got)
		}
		zero := make([]int16, n.EmbeddingLen())
		add(t, c, "a", scrawl(1))
		if got, err := c.ClassifyEmbedding(zero); err != nil || got.None {
			t.Errorf("a blank query is none of the classes without a threshold: %+v, %v", got, err)
		}
	})
}

// The answer is none exactly where the evidence is below the threshold: the model's, or the caller's.
func TestThreshold(t *testing.T) {
	n, err := NewNetwork(calibrated(t, 1, -1e9))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range heads {
		c := newClassifier(t, n, h)
		if got, model := c.Threshold(), n.Threshold(h); got != -1e9 || model != got {
			t.Errorf("%v: threshold %v, the model's %v, want -1e9", h, got, model)
		}
		for ways := 1; ways <= 3; ways++ { // one class alone, too
			add(t, c, strconv.Itoa(ways), scrawl(uint64(ways)))
			c.SetThreshold(math.Inf(-1))
			got := classify(t, c, scrawl(9))
			ranking, evidence := slices.Clone(got.Ranking), got.Evidence
			for _, test := range []struct {
				threshold float64
				none      bool
			}{
				{math.Inf(-1), false}, {math.NaN(), false}, {-1e9, false}, {evidence, false},
				{math.Nextafter(evidence, math.Inf(1)), true}, {1e9, true}, {math.Inf(1), true},
			} {
				c.SetThreshold(test.threshold)
				got := classify(t, c, scrawl(9))
				if got.None != test.none || got.Evidence != evidence || !slices.Equal(got.Ranking, ranking) {
					t.Errorf("%v, %d ways, threshold %v: %+v, want none %v and else the same", h, ways, test.threshold, got, test.none)
				}
			}
		}
	}
}

// A classifier whose head is changed answers as one that had it from the start, and back again, with
// the model's threshold.
func TestSetHead(t *testing.T) {
	n, err := NewNetwork(calibrated(t, 2, 0.25))
	if err != nil {
		t.Fatal(err)
	}
	c := newClassifier(t, n, Prototype)
	fresh := map[Head]*Classifier{}
	for _, h := range heads {
		fresh[h] = newClassifier(t, n, h)
	}
	for i := range uint64(7) {
		name := strconv.Itoa(int(i % 3))
		add(t, c, name, scrawl(i))
		for _, h := range heads {
			add(t, fresh[h], name, scrawl(i))
		}
		// Every order of two heads comes up, with shots added in between.
		for _, h := range []Head{Matching, Siamese, Relation, Prototype, Siamese, Matching, Relation, Siamese, Prototype, Matching, Prototype, Relation, Matching} {
			c.SetThreshold(9)
			if err := c.SetHead(h); err != nil {
				t.Fatal(err)
			}
			if c.Head() != h || c.Threshold() != 0.25 {
				t.Errorf("head %v and threshold %v, want %v and the model's 0.25", c.Head(), c.Threshold(), h)
			}
			got, want := classify(t, c, scrawl(20)), classify(t, fresh[h], scrawl(20))
			if !slices.Equal(got.Ranking, want.Ranking) || got.Evidence != want.Evidence || got.None != want.None || got.Nearest != want.Nearest {
				t.Fatalf("%v after a change: %+v, from the start %+v", h, got, want)
			}
		}
	}
	small := newClassifier(t, newNetwork(t, "conv 2, pool, pool"), Prototype)
	add(t, small, "a", scrawl(1))
	want := slices.Clone(classify(t, small, scrawl(2)).Ranking)
	if err := small.SetHead(Matching); err == nil {
		t.Error("a head that the model does not have was taken")
	}
	if got := classify(t, small, scrawl(2)); small.Head() != Prototype || !slices.Equal(got.Ranking, want) {
		t.Errorf("a refused head left %v and %v", small.Head(), got)
	}
}
