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
	embedding []int16
	length    float64
}

func (s *prototypeScorer) learn(c *class) { c.learnPrototype() }

func (s *prototypeScorer) forget() {}

func (s *prototypeScorer) ask(_ []*class, e []int16, length float64) {
	s.embedding, s.length = e, length
}

// logit is the cosine.
func (s *prototypeScorer) logit(c *class) float64 {
	return cosine(s.embedding, c.prototype, s.length, c.length)
}

// score is the cosine, too: 0..1, for no embedding has a negative value.
func (s *prototypeScorer) score(logit float64) float64 { return logit }

// learnPrototype makes the prototype: the mean of the unit vectors, renormalised. Only its direction
// counts, so it is stored as integers whose largest is the largest int16.
func (c *class) learnPrototype() {
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
