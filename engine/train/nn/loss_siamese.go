package nn

import "math"

// SiameseLoss is the cross-entropy of "the same class" or "different classes" over all pairs of a query and a
// shot in an episode (Koch et al. 2015, section 3.2).
type SiameseLoss struct{ grad []float32 }

// Forward takes the logits (way*query, way*shot) of an episode's pairs and returns the loss and its gradient, the loss's
// own until the next call. Accuracy is that of the class whose shots have the highest mean logit.
//
// The like pairs of an episode together weigh as much as the unlike ones: the bias then stands for even odds.
func (l *SiameseLoss) Forward(logits []float32, ep Layout) (Result, []float32) {
	if len(l.grad) != len(logits) {
		l.grad = make([]float32, len(logits))
	}
	var r Result
	queries := ep.Way * ep.Query
	same := 0.5 / float64(queries*ep.Shot)
	other := 0.5 / float64(queries*ep.Shot*max(1, ep.Way-1))
	for q := range queries {
		truth, best, top := q/ep.Query, 0, math.Inf(-1)
		for c := range ep.Way {
			sum := 0.0
			for k := range ep.Shot {
				at := (q*ep.Way+c)*ep.Shot + k
				z := float64(logits[at])
				sum += z
				if c == truth {
					r.Loss += same * softplus(-z)
					l.grad[at] = float32(-same * sigmoid(-z))
				} else {
					r.Loss += other * softplus(z)
					l.grad[at] = float32(other * sigmoid(z))
				}
			}
			if sum > top {
				best, top = c, sum
			}
		}
		if best == truth {
			r.Accuracy += 1 / float64(queries)
		}
	}
	return r, l.grad
}

// softplus is log(1 + exp(x)), which for large x is x.
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
