package fewshot

import (
	"cmp"
	"slices"
)

// ROC is a decision between two sides by a score: the trials of which the truth is known, and what any
// threshold makes of them. A trial is accepted if its score is at least the threshold. Fawcett, "An
// introduction to ROC analysis", Pattern Recognition Letters 27 (2006).
type ROC struct {
	trials   []trial // by rising score
	episodes int
}

// trial is one decision.
type trial struct {
	score    float64
	positive bool // it should be accepted
	episode  int
}

// newROC sorts trials, in place. Both sides must have a trial in every episode.
func newROC(trials []trial, episodes int) *ROC {
	slices.SortStableFunc(trials, func(a, b trial) int { return cmp.Compare(a.score, b.score) })
	return &ROC{trials, episodes}
}

// Trials returns how many trials should be accepted and how many rejected.
func (r *ROC) Trials() (positive, negative int) {
	for _, t := range r.trials {
		if t.positive {
			positive++
		} else {
			negative++
		}
	}
	return positive, negative
}

// Rates returns which part of the positive trials a threshold rejects and which part of the negative
// ones it accepts, each 0 to 1.
func (r *ROC) Rates(threshold float64) (falseRejection, falseAcceptance float64) {
	var rejected, accepted int
	for _, t := range r.trials {
		switch {
		case t.positive && t.score < threshold:
			rejected++
		case !t.positive && t.score >= threshold:
			accepted++
		}
	}
	positive, negative := r.Trials()
	return float64(rejected) / float64(positive), float64(accepted) / float64(negative)
}

// Threshold returns the largest threshold that rejects at most the given part of the positive trials.
func (r *ROC) Threshold(falseRejection float64) float64 {
	positive, _ := r.Trials()
	spare := int(falseRejection*float64(positive) + 1e-9) // positive trials that may be rejected
	for _, t := range r.trials {
		if !t.positive {
			continue
		}
		if spare == 0 {
			return t.score
		}
		spare--
	}
	return r.trials[len(r.trials)-1].score // all may be rejected
}

// Point is a point of the curve: the rates from one threshold to the next.
type Point struct {
	Threshold       float64 // the largest that has these rates
	FalseRejection  float64
	FalseAcceptance float64
}

// Curve returns the points of the curve from the lowest threshold, which accepts every trial, to the
// highest: at most n of them, at least 2, evenly spread over the trials. Where all scores are equal there
// is one point.
func (r *ROC) Curve(n int) []Point {
	weights := make([]float64, r.episodes)
	fill(weights, 1)
	var all []Point
	r.sweep(weights, func(p Point) bool {
		all = append(all, p)
		return true
	})
	if len(all) == 1 {
		return all
	}
	n = min(max(n, 2), len(all))
	points := make([]Point, n)
	for i := range points {
		points[i] = all[i*(len(all)-1)/(n-1)]
	}
	return points
}

// sweep calls see with the point of each different score, the rates weighted by episode, until it
// returns false. Above the highest score is no threshold: rejecting every trial is not a point.
func (r *ROC) sweep(weights []float64, see func(Point) bool) {
	var positive, negative float64
	for _, t := range r.trials {
		if t.positive {
			positive += weights[t.episode]
		} else {
			negative += weights[t.episode]
		}
	}
	rejected, accepted := 0.0, negative
	for i, t := range r.trials {
		if i == 0 || t.score != r.trials[i-1].score {
			if !see(Point{t.score, rejected / positive, accepted / negative}) {
				return
			}
		}
		if t.positive {
			rejected += weights[t.episode]
		} else {
			accepted -= weights[t.episode]
		}
	}
}

// AUROC is the area under the curve: the probability that a positive trial scores higher than a negative
// one, equal scores counting half. All episodes share their thresholds.
func (r *ROC) AUROC() Estimate { return bootstrap(r.episodes, r.auroc) }

func (r *ROC) auroc(weights []float64) float64 {
	var positive, negative, below, won float64 // below: negatives with a lower score
	for i := 0; i < len(r.trials); {
		var p, n float64 // of this score
		score := r.trials[i].score
		for ; i < len(r.trials) && r.trials[i].score == score; i++ {
			if t := r.trials[i]; t.positive {
				p += weights[t.episode]
			} else {
				n += weights[t.episode]
			}
		}
		won += p * (below + n/2)
		below += n
		positive, negative = positive+p, negative+n
	}
	return won / (positive * negative)
}

// EER is the equal error rate: where as large a part of the positive trials is rejected as of the
// negative ones is accepted, on a straight line between the points of the curve beside it. The threshold
// is that of the point before.
func (r *ROC) EER() (rate Estimate, threshold float64) {
	rate = bootstrap(r.episodes, func(weights []float64) float64 {
		rate, _ := r.eer(weights)
		return rate
	})
	weights := make([]float64, r.episodes)
	fill(weights, 1)
	_, threshold = r.eer(weights)
	return rate, threshold
}

func (r *ROC) eer(weights []float64) (rate, threshold float64) {
	before, after := Point{FalseAcceptance: 1}, Point{FalseRejection: 1}
	r.sweep(weights, func(p Point) bool {
		if p.FalseRejection > p.FalseAcceptance {
			after = p
			return false
		}
		before = p
		return true
	})
	gap, next := before.FalseAcceptance-before.FalseRejection, after.FalseRejection-after.FalseAcceptance
	if gap == 0 {
		return before.FalseRejection, before.Threshold
	}
	part := gap / (gap + next)
	return before.FalseRejection + part*(after.FalseRejection-before.FalseRejection), before.Threshold
}
