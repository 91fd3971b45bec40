package engine

import "math"

// exp returns e^x for x <= 0, within 1e-15 of it, with the same bits on every platform: math.Exp is
// assembly on some of them and rounds differently there. The explicit conversions forbid a compiler
// to fuse a multiplication with the addition that follows.
//
// x is split as k*ln 2 + r with |r| <= ln(2)/2, and e^r is its Taylor series to the 13th power,
// whose remainder is below 5e-18.
func exp(x float64) float64 {
	const (
		// ln2Hi has 33 significant bits, so that k*ln2Hi is exact; ln2Hi+ln2Lo is ln 2.
		ln2Hi = 6.93147180369123816490e-01
		ln2Lo = 1.90821492927058770002e-10
		least = -745 // below, the result is nothing beside 1
	)
	if x < least {
		return 0
	}
	k := math.Floor(float64(x*math.Log2E) + 0.5)
	r := x - float64(k*ln2Hi)
	r -= float64(k * ln2Lo)
	sum := 1.0
	for i := 13; i >= 1; i-- {
		sum = 1 + float64(float64(r*sum)/float64(i))
	}
	return math.Ldexp(sum, int(k))
}

// logUnit returns ln x for 0 < x <= 1, within 1e-15 of it, with the same bits on every platform: as exp,
// and for the same reason.
//
// x is split as m * 2^k with m in [sqrt(1/2), sqrt(2)), and ln m is 2*atanh(s), s = (m-1)/(m+1), as its
// series to the 23rd power: |s| < 0.172, and the remainder is below 1e-19.
func logUnit(x float64) float64 {
	m, k := math.Frexp(x) // m in [1/2, 1)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	s := (m - 1) / (m + 1)
	square := float64(s * s)
	sum := 0.0
	for i := 23; i >= 1; i -= 2 {
		sum = float64(sum*square) + 1/float64(i)
	}
	return float64(float64(k)*math.Ln2) + float64(2*float64(s*sum))
}

// sigmoid returns 1/(1+e^-x).
func sigmoid(x float64) float64 {
	if x < 0 {
		e := exp(x)
		return e / (1 + e)
	}
	return 1 / (1 + exp(-x))
}

// softmax replaces logits by e^logit / sum of e^logit, computed relative to the largest. None may be
// infinite.
func softmax(logits []float64) {
	top := math.Inf(-1)
	for _, v := range logits {
		top = max(top, v)
	}
	var sum float64
	for i, v := range logits {
		logits[i] = exp(v - top)
		sum += logits[i]
	}
	for i := range logits {
		logits[i] /= sum
	}
}
