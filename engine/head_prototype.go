package engine

import "math"

// The prototype head: Snell, Swersky, Zemel, "Prototypical Networks for Few-shot Learning", NIPS
// 2017, arXiv:1703.05175.
//
// A class is the mean of its shots' embeddings, and a query belongs to the nearest mean. Two things
// differ from the paper: embeddings are made unit vectors first, so that each shot has one vote, and
// the distance is the cosine rather than the squared Euclidean one. The softmax over classes takes
// cosines times a temperature that was learned.

// prototypeScorer compares by the cosine to the prototype of a class.
type prototypeScorer struct {
	temperature float64
	embedding   []int16
	length      float64
}

// learn makes the prototype: the mean of the unit vectors, renormalised. Only its direction counts,
// so it is stored as integers whose largest is the largest int16.
func (s *prototypeScorer) learn(c *class) {
	if c.prototype == nil {
		c.prototype = make([]int16, len(c.sum))
	}
	var top int64
	for _, v := range c.sum {
		top = max(top, v)
	}
	if top == 0 {
		clear(c.prototype)
		c.length = 0
		return
	}
	step := math.MaxInt16 / float64(top)
	for i, v := range c.sum {
		c.prototype[i] = int16(float64(float64(v)*step) + 0.5)
	}
	c.length = norm(c.prototype)
}

func (s *prototypeScorer) ask(e []int16, length float64) { s.embedding, s.length = e, length }

// logit is the cosine times the temperature.
func (s *prototypeScorer) logit(c *class) float64 {
	return s.temperature * cosine(s.embedding, c.prototype, s.length, c.length)
}

// grade gives the cosine as the score and the softmax over classes as the confidence.
func (s *prototypeScorer) grade(ranking []Rank, logits []float64) {
	for i, v := range logits {
		ranking[i].Score = float32(v / s.temperature)
	}
	softmax(logits)
	for i, v := range logits {
		ranking[i].Confidence = float32(v)
	}
}
