package fewshot

import (
	"math"
	"math/rand/v2"
)

// Estimate is a measured value with half the width of its 95 % interval over episodes.
type Estimate struct{ Value, CI95 float64 }

// normal95 is how many standard errors reach to the ends of a 95 % interval.
const normal95 = 1.96

// mean adds up values of which each episode gives one.
type mean struct{ n, sum, squares float64 }

func (m *mean) add(v float64) {
	m.n++
	m.sum += v
	m.squares += v * v
}

// estimate is the mean with 1.96 s/sqrt(n). One value alone has no interval.
func (m *mean) estimate() Estimate {
	e := Estimate{Value: m.sum / m.n}
	if m.n > 1 {
		variance := max(0, (m.squares-m.sum*m.sum/m.n)/(m.n-1))
		e.CI95 = normal95 * math.Sqrt(variance/m.n)
	}
	return e
}

// resamples is how many samples the bootstrap draws: its standard error is then known to 4 %.
const resamples = 400

// bootstrap is for figures that are no means over episodes, such as an area under a curve: queries of
// one episode share its support set, so whole episodes are drawn, with replacement, and the figure is
// computed anew with each episode weighted by how often it came up. Efron, "Bootstrap methods: another
// look at the jackknife", Annals of Statistics 7 (1979).
//
// The draws are the same for every call, so a figure and its interval can be repeated.
func bootstrap(episodes int, figure func(weights []float64) float64) Estimate {
	weights := make([]float64, episodes)
	fill(weights, 1)
	e := Estimate{Value: figure(weights)}
	if episodes < 2 {
		return e
	}
	r := rand.New(rand.NewPCG(1979, 7))
	var drawn mean
	for range resamples {
		clear(weights)
		for range episodes {
			weights[r.IntN(episodes)]++
		}
		drawn.add(figure(weights))
	}
	spread := drawn.estimate().CI95 // of the mean of the resamples
	e.CI95 = spread * math.Sqrt(resamples)
	return e
}
