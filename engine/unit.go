package engine

import (
	"math"

	"oneshot/engine/kernel"
)

// unitOne is the integer that stands for 1 in a unit vector. At 30 bits a component is finer than
// in float32, and sums of them are exact: a class that gains and loses a shot is the class it was.
const unitOne = 1 << 30

// norm returns the Euclidean length of e.
func norm(e []int16) float64 { return math.Sqrt(float64(kernel.DotI16(e, e))) }

// unit computes dst = e/|e| in steps of 1/unitOne; all zero if e is. length is norm(e), and e is not
// negative.
func unit(dst []int64, e []int16, length float64) {
	if length == 0 {
		clear(dst)
		return
	}
	step := unitOne / length
	for i, v := range e {
		dst[i] = int64(float64(float64(v)*step) + 0.5)
	}
}

// cosine returns the cosine of the angle between a and b, whose lengths are given: -1..1, and 0 if
// either vector is zero. The dot product is exact.
func cosine(a, b []int16, lengthA, lengthB float64) float64 {
	if lengthA == 0 || lengthB == 0 {
		return 0
	}
	return max(-1, min(1, float64(kernel.DotI16(a, b))/float64(lengthA*lengthB)))
}
