package fewshot

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestMeanEstimate(t *testing.T) {
	var m mean
	for _, v := range []float64{1, 2, 3, 4} {
		m.add(v)
	}
	// The variance of 1 to 4 is 5/3.
	if got, want := m.estimate(), (Estimate{2.5, 1.96 * math.Sqrt(5.0/3/4)}); !near(got.Value, want.Value) || !near(got.CI95, want.CI95) {
		t.Errorf("%+v, want %+v", got, want)
	}
	var one mean
	one.add(7)
	if got := one.estimate(); got != (Estimate{Value: 7}) {
		t.Errorf("%+v, want 7 without an interval", got)
	}
}

// The bootstrap of a mean must find the interval that a formula gives.
func TestBootstrapOfAMean(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	values := make([]float64, 300)
	var m mean
	for i := range values {
		values[i] = r.ExpFloat64()
		m.add(values[i])
	}
	weighted := func(weights []float64) float64 {
		var sum, all float64
		for i, w := range weights {
			sum += w * values[i]
			all += w
		}
		return sum / all
	}
	got, want := bootstrap(len(values), weighted), m.estimate()
	if !near(got.Value, want.Value) || math.Abs(got.CI95/want.CI95-1) > 0.1 {
		t.Errorf("%+v, want %+v", got, want)
	}
	if again := bootstrap(len(values), weighted); again != got {
		t.Errorf("a second time %+v, the first %+v", again, got)
	}
	if one := bootstrap(1, weighted); one != (Estimate{Value: values[0]}) {
		t.Errorf("one episode: %+v", one)
	}
}
