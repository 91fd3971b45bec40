package fewshot

import (
	"math"
	"testing"
)

// The intervals are those of R's prop.test(k, n, correct = FALSE) but for its 1.959964 in place of 1.96:
// they differ by less than 0.0001.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{
		{0, 0, 0, 1},
		{0, 10, 0, 0.2775},
		{10, 10, 0.7225, 1},
		{1, 1, 0.2065, 1},
		{5, 10, 0.2366, 0.7634},
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
	} {
		got := Wilson(c.k, c.n)
		if math.Abs(got.Low-c.low) > 2e-4 || math.Abs(got.High-c.high) > 2e-4 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.k, c.n, got.Low, got.High, c.low, c.high)
		}
	}
}
