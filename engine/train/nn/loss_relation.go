package nn

// RelationLoss is the mean squared error of relation scores against 1 for the query's class and 0 for
// the others (Sung et al. 2018, equation 2).
type RelationLoss struct{ grad []float32 }

// Forward takes the scores (way*query, way) of an episode's queries, class by class, and returns the
// loss and its gradient, the loss's own until the next call.
//
// The sum over an episode is divided by the number of queries, not of pairs: with more ways there are
// more zeros, and the one that matters should not weigh less.
func (l *RelationLoss) Forward(scores []float32, ep Layout) (Result, []float32) {
	if len(l.grad) != len(scores) {
		l.grad = make([]float32, len(scores))
	}
	var r Result
	queries := ep.Way * ep.Query
	for q := range queries {
		row, truth, best := scores[q*ep.Way:][:ep.Way], q/ep.Query, 0
		for c, s := range row {
			e := s
			if c == truth {
				e = s - 1
			}
			r.Loss += float64(e) * float64(e) / float64(queries)
			l.grad[q*ep.Way+c] = 2 * e / float32(queries)
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
