package engine

import "math"

// The siamese head: Koch, Zemel, Salakhutdinov, "Siamese Neural Networks for One-shot Image
// Recognition", ICML Deep Learning Workshop 2015.
//
// Query and shot go through the same encoder, and a logistic regression on the absolute differences
// of their embeddings, value by value, says how likely both show the same thing: the weighted L1
// distance of the paper. It is trained on pairs, same or different, and knows nothing of classes.
// As against the paper, embeddings are made unit vectors first and there is a bias; of a class with
// several shots, which the paper does not have, the logits are averaged.

// siamese is the weights of the head.
//
//	logit = bias - sum over i of scale*weight[i] * |query[i] - shot[i]|
type siamese struct {
	weight []int8  // (D)
	step   float64 // the real value of one unit of the integer sum
	bias   float64
}

// siamese reads the head's weights.
func (l *loader) siamese(a Arch) *siamese {
	h, w, c := a.EmbeddingDims()
	s := &siamese{weight: l.int8s("siamese.weight", 1, h*w*c)}
	s.step = l.positive("siamese.scale") / math.MaxInt16
	if b := l.floats("siamese.bias", 1); b != nil {
		s.bias = float64(b[0])
	}
	return s
}

// siameseScorer compares with every shot of a class. Unit vectors are int16 here, in steps of
// 1/32767, so that the sum of weighted distances is exact in an int64 whatever the order.
type siameseScorer struct {
	*siamese
	query []int16 // (D), the unit vector
}

func newSiameseScorer(s *siamese) *siameseScorer {
	return &siameseScorer{siamese: s, query: make([]int16, len(s.weight))}
}

// learn makes the unit vectors of the shots that have none yet, the last ones.
func (s *siameseScorer) learn(c *class) {
	for i := len(c.shots) - 1; i >= 0 && c.shots[i].unit == nil; i-- {
		t := &c.shots[i]
		t.unit = make([]int16, len(t.embedding))
		unitI16(t.unit, t.embedding, t.length)
	}
}

func (s *siameseScorer) forget() {}

func (s *siameseScorer) ask(_ []*class, e []int16, length float64) { unitI16(s.query, e, length) }

// logit is the mean of the shots' logits.
func (s *siameseScorer) logit(c *class) float64 {
	var sum int64
	for i := range c.shots {
		sum += weightedL1(s.weight, s.query, c.shots[i].unit)
	}
	return s.bias - float64(float64(s.step*float64(sum))/float64(len(c.shots)))
}

// score is Koch's: the sigmoid of the logit, 0..1.
func (s *siameseScorer) score(logit float64) float64 { return sigmoid(logit) }

// weightedL1 returns the sum over i of w[i]*|a[i]-b[i]|. a and b are not negative.
func weightedL1(w []int8, a, b []int16) int64 {
	a, b = a[:len(w)], b[:len(w)]
	var sum int64
	for i, v := range w {
		d := int64(a[i]) - int64(b[i])
		sum += int64(v) * max(d, -d)
	}
	return sum
}

// unitI16 computes dst = e/|e| in steps of 1/32767; all zero if e is. length is norm(e), and e is not
// negative.
func unitI16(dst, e []int16, length float64) {
	if length == 0 {
		clear(dst)
		return
	}
	step := math.MaxInt16 / length
	for i, v := range e {
		dst[i] = int16(float64(float64(v)*step) + 0.5)
	}
}
