package ui

import (
	"math"

	"oneshot/engine"
	"oneshot/ui/state"
)

// scales has for each head what its logit can be: the least and the most that strictness goes to, and the
// middle for a model that has no threshold. Prototype and Matching compute cosines, Siamese and Relation
// the logit of a score.
var scales = [...]struct{ low, middle, high float64 }{
	engine.Prototype: {0, 0.6, 1},
	engine.Siamese:   {-8, 0, 8},
	engine.Relation:  {-8, 0, 8},
	engine.Matching:  {-1, 0.6, 1},
}

func (l *learner) Strictness() int { return l.strictness }

// OwnStrictness is 0, the model's threshold, if it has one for every head. A model without them never
// answers none of its own accord.
func (l *learner) OwnStrictness() int {
	n := l.classifier.Network()
	for _, h := range n.Heads() {
		if math.IsInf(n.Threshold(h), -1) {
			return -state.MaxStrictness
		}
	}
	return 0
}

func (l *learner) SetStrictness(step int) {
	l.strictness = step
	l.classifier.SetThreshold(threshold(l.classifier.Network(), l.classifier.Head(), step))
}

func (l *learner) Threshold() float64 { return l.classifier.Threshold() }

// threshold is what a strictness means with a head: 0 is the model's threshold, the steps above lead to
// the most that the head can compute, those below to the least, and the last to never. The first steps
// to either side are small: most of what counts lies near the model's threshold.
func threshold(n *engine.Network, h engine.Head, step int) float64 {
	if step <= -state.MaxStrictness {
		return math.Inf(-1)
	}
	s := scales[h]
	own := n.Threshold(h)
	if math.IsInf(own, -1) {
		own = s.middle
	}
	part := float64(step) / state.MaxStrictness
	part *= math.Abs(part)
	if part < 0 {
		return own + part*max(own-s.low, 0)
	}
	return own + part*max(s.high-own, 0)
}
