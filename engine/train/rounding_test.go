package train

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Inputs that go up and down together: the error of the sum gets much smaller than that of the nearest integers, its
// mean disappears into the bias, and each weight is still one of the two integers around it.
func TestFitRowLowersTheErrorOfTheSum(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	const k, places, scale = 40, 500, 0.02
	w, nearest := make([]float32, k), make([]int8, k)
	for i := range w {
		w[i] = float32(r.NormFloat64())
		nearest[i] = int8(math.Round(float64(w[i]) / scale))
	}
	in := newMoments(k)
	var seen [][]float64
	for range places {
		common := r.Float64()
		x := make([]float64, k)
		for i := range x {
			x[i] = common + 0.2*r.Float64()
			in.mean[i] += x[i]
			for j := range i + 1 {
				in.second[j*k+i] += x[i] * x[j]
			}
		}
		seen = append(seen, x)
	}
	in.n = places
	in.settle()
	square := func(q []int8, bias float64) (sum, mean float64) {
		for _, x := range seen {
			e := bias
			for i, v := range x {
				e += (float64(q[i])*scale - float64(w[i])) * v
			}
			sum, mean = sum+e*e/places, mean+e/places
		}
		return sum, mean
	}
	before, _ := square(nearest, 0)
	q := append([]int8(nil), nearest...)
	left := fitRow(q, w, scale, in)
	after, mean := square(q, -float64(left))
	t.Logf("mean square error %.3g, %.3g of the nearest integers", after, before)
	if after > before/4 || math.Abs(mean) > 1e-6 {
		t.Errorf("mean square error %.3g with mean %.3g, %.3g before", after, mean, before)
	}
	for i, v := range q {
		if math.Abs(float64(v)*scale-float64(w[i])) >= scale {
			t.Errorf("weight %d is %v, rounded to %v", i, w[i], float64(v)*scale)
		}
	}
}
