package nn

// MatchingLoss is cross-entropy of the softmax over classes of what Matching.Forward returns.
type MatchingLoss struct{ grad []float32 }

// Forward takes the scores (way*query, way) of an episode's queries, class by class, and returns the loss and its
// gradient, the loss's own until the next call.
func (l *MatchingLoss) Forward(scores []float32, ep Layout) (Result, []float32) {
	l.grad = sized(l.grad, len(scores))
	var r Result
	queries := ep.Way * ep.Query
	logit := make([]float64, ep.Way)
	for q := range queries {
		truth, best := q/ep.Query, 0
		for c, s := range scores[q*ep.Way:][:ep.Way] {
			logit[c] = float64(s)
			if logit[c] > logit[best] {
				best = c
			}
		}
		if best == truth {
			r.Accuracy += 1 / float64(queries)
		}
		r.Loss += crossEntropy(logit, truth) / float64(queries)
		for c, g := range logit { // crossEntropy left the gradient there
			l.grad[q*ep.Way+c] = float32(g / float64(queries))
		}
	}
	return r, l.grad
}
