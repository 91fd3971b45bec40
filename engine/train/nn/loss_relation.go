package nn

// RelationLoss is the mean squared error of relation scores against 1 for the query's class and 0 for
// the others (Sung et al. 2018, equation 2).
type RelationLoss struct{ grad []float32 }

// Forward takes the scores (way*query, way) of an episode's queries, class by class, and returns the
// loss and its gradient, the loss's own until the next call.
//
// The zeros of an episode together weigh as much as its ones. Unweighted, with 23 zeros to a one, the module soon
// answers zero to everything, where the sigmoid is flat and no gradient leads back.
func (l *RelationLoss) Forward(scores []float32, ep Layout) (Result, []float32) {
	if len(l.grad) != len(scores) {
		l.grad = make([]float32, len(scores))
	}
	var r Result
	queries := ep.Way * ep.Query
	same, other := 1/float32(queries), 1/float32(queries*max(1, ep.Way-1))
	for q := range queries {
		row, truth, best := scores[q*ep.Way:][:ep.Way], q/ep.Query, 0
		for c, s := range row {
			e, weight := s, other
			if c == truth {
				e, weight = s-1, same
			}
			r.Loss += float64(weight * e * e)
			l.grad[q*ep.Way+c] = 2 * weight * e
			if s > row[best] {
				best = c
			}
		}
		if best == truth {
			r.Accuracy += 1 / float64(queries)
		}
	}
	return r, l.grad
}
