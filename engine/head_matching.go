package engine

import "math"

// The matching head: Cai, Pan, Yao, Yan, Mei, "Memory Matching Networks for One-Shot Image
// Recognition", CVPR 2018, arXiv:1804.08281.
//
// The support set is written into a memory; what attention reads from it goes into contextual
// embeddings of support and query, so that the same drawing is seen differently among other classes.
// A query belongs to the class with the shots nearest to it, by a softmax of the cosines of
// contextual embeddings. As against the paper, whose contextual learner predicts parameters of the
// query's encoder from the slots, the encoder stays as it is, and writing has no weights of its own:
//
//	slot j       m_j  = unit(mean of the prototypes of its classes)
//	attention    a    = softmax over j of beta * <x, m_j>         x is a unit embedding
//	reading      r(x) = sum over j of a_j m_j
//	context      c(x) = unit(gain * (x - gate*r(x)))              gain and gate by channel
//	a class      log(mean over shots s of exp(tau * <c(query), c(s)>)) / tau
//
// The gate learns how much of what the whole support set has in common is taken away from a channel,
// or added to it. A class alone has nothing in common with others: there c(x) = unit(gain*x).
//
// Every class added changes the contexts of all. They are computed when a question is asked, not
// before, so that a large support set is learned in the time of its classes.

// memorySlots bounds the memory; the class at place j in the order writes into slot j mod 64.
const memorySlots = 64

// matching is the weights of the head.
type matching struct {
	gain, gate []float32 // (C)
	beta, tau  float64
	length     int // D
}

// matching reads the head's weights.
func (l *loader) matching(a Arch) *matching {
	h, w, c := a.EmbeddingDims()
	return &matching{
		gain:   l.positives("matching.gain", c),
		gate:   l.floats("matching.gate", c),
		beta:   l.notNegative("matching.beta"),
		tau:    l.positive("matching.tau"),
		length: h * w * c,
	}
}

// direction is a vector of which only the direction counts: its largest value is the largest int16,
// so that cosines are exact integer products over two lengths.
type direction struct {
	vector []int16 // (D)
	length float64 // its norm; 0 if it is zero
}

// matchingScorer holds the memory and the query's context.
type matchingScorer struct {
	*matching
	stale   bool        // the support set has changed since the memory was written
	slots   []direction // as many as there were ever classes at once, at most memorySlots
	written int         // how many of them have a class now; 0 with fewer than two classes
	query   direction
	cosines [memorySlots]float64 // of one reading; then the attention
	sum     []float64            // (D), of one slot or one reading
}

func newMatchingScorer(m *matching) *matchingScorer {
	return &matchingScorer{
		matching: m,
		query:    direction{vector: make([]int16, m.length)},
		sum:      make([]float64, m.length),
	}
}

// learn makes the prototype and the room that the contexts will need.
func (s *matchingScorer) learn(c *class) {
	s.stale = true
	if c.prototype == nil && len(s.slots) < memorySlots { // a new class
		s.slots = append(s.slots, direction{vector: make([]int16, s.length)})
	}
	c.learnPrototype()
	for i := len(c.shots) - 1; i >= 0 && c.shots[i].context.vector == nil; i-- {
		c.shots[i].context.vector = make([]int16, s.length)
	}
}

func (s *matchingScorer) forget() { s.stale = true }

// ask brings the memory up to date and computes the query's context.
func (s *matchingScorer) ask(support []*class, e []int16, length float64) {
	if s.stale {
		s.write(support)
		for _, c := range support {
			for i := range c.shots {
				t := &c.shots[i]
				s.contextualise(&t.context, t.embedding, t.length)
			}
		}
		s.stale = false
	}
	s.contextualise(&s.query, e, length)
}

// write fills the memory from the prototypes.
func (s *matchingScorer) write(support []*class) {
	s.written = min(len(support), memorySlots)
	if len(support) < 2 {
		s.written = 0
	}
	for j := range s.written {
		clear(s.sum)
		for k := j; k < len(support); k += memorySlots {
			c := support[k]
			if c.length == 0 {
				continue
			}
			step := 1 / c.length
			for i, v := range c.prototype {
				s.sum[i] += float64(float64(v) * step)
			}
		}
		s.slots[j].set(s.sum)
	}
}

// contextualise computes the contextual embedding of e, whose norm is length.
func (s *matchingScorer) contextualise(dst *direction, e []int16, length float64) {
	if length == 0 {
		clear(dst.vector)
		dst.length = 0
		return
	}
	s.read(e, length)
	channels := len(s.gain)
	gain, gate := s.gain, s.gate[:channels]
	step := 1 / length
	for at := 0; at < len(e); at += channels {
		x, r := e[at:][:channels], s.sum[at:][:channels]
		for c, g := range gain {
			common := float64(float64(gate[c]) * r[c])
			r[c] = float64(g) * (float64(float64(x[c])*step) - common)
		}
	}
	dst.set(s.sum)
}

// read leaves in sum what attention reads from the memory.
func (s *matchingScorer) read(e []int16, length float64) {
	clear(s.sum)
	attention := s.cosines[:s.written]
	for j := range attention {
		m := &s.slots[j]
		attention[j] = float64(s.beta * cosine(e, m.vector, length, m.length))
	}
	softmax(attention)
	for j, a := range attention {
		m := &s.slots[j]
		if m.length == 0 {
			continue
		}
		step := a / m.length
		for i, v := range m.vector {
			s.sum[i] += float64(step * float64(v))
		}
	}
}

// logit is the soft maximum of the cosines to the shots' contexts, with sharpness tau: of one shot,
// the cosine itself.
func (s *matchingScorer) logit(c *class) float64 {
	top := -1.0
	for i := range c.shots {
		top = max(top, s.match(&c.shots[i]))
	}
	if len(c.shots) == 1 {
		return top
	}
	var sum float64
	for i := range c.shots {
		sum += exp(float64(s.tau * (s.match(&c.shots[i]) - top)))
	}
	return max(-1, top+float64(logUnit(sum/float64(len(c.shots)))/s.tau))
}

// match returns the cosine of the contexts of the query and a shot.
func (s *matchingScorer) match(t *shot) float64 {
	return cosine(s.query.vector, t.context.vector, s.query.length, t.context.length)
}

// score is the logit: -1..1, as a cosine.
func (s *matchingScorer) score(logit float64) float64 { return logit }

// set gives d the direction of x; it is zero if x is.
func (d *direction) set(x []float64) {
	var top float64
	for _, v := range x {
		top = max(top, v, -v)
	}
	if top == 0 {
		clear(d.vector)
		d.length = 0
		return
	}
	step := math.MaxInt16 / top
	for i, v := range x {
		d.vector[i] = int16(math.Floor(float64(v*step) + 0.5))
	}
	d.length = norm(d.vector)
}
