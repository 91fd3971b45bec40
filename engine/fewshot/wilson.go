package fewshot

import "math"

// Interval is the range that a share lies in with 95 % confidence, 0..1.
type Interval struct{ Low, High float64 }

// Wilson returns the 95 % interval of a share of which n trials gave k: Wilson, "Probable inference, the
// law of succession, and statistical inference", Journal of the American Statistical Association 22
// (1927). Unlike the one of Estimate it holds for a handful of trials, and for none or all of them; no
// trial at all leaves everything open.
func Wilson(k, n int) Interval {
	if n <= 0 {
		return Interval{0, 1}
	}
	const z = normal95
	trials := float64(n)
	share := float64(k) / trials
	middle := share + z*z/(2*trials)
	half := z * math.Sqrt(share*(1-share)/trials+z*z/(4*trials*trials))
	scale := 1 + z*z/trials
	return Interval{max(0, (middle-half)/scale), min(1, (middle+half)/scale)}
}
