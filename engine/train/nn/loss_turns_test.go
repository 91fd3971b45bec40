package nn

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The reference is Forward, once for each choice of the support, on embeddings laid out anew.
func TestTurnsIsTheMeanOverSupports(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 1))
	ep, d := Layout{Way: 5, Shot: 1, Query: 2}, 32
	u := randomF32(r, ep.Images()*d)
	for i := range ep.Images() {
		normalise(u[i*d:][:d])
	}
	fast := NewPrototypeLoss(0.1)
	got, g := fast.Turns(u, d, ep)

	var want Result
	sum, dT := make([]float64, len(u)), 0.0
	for turn := range ep.Query + 1 {
		// Views turn, turn+1, ... of each class become its support and its queries.
		from := make([]int, ep.Images())
		for c := range ep.Way {
			place := func(view int) int {
				if view%(ep.Query+1) == 0 {
					return ep.Support(c, 0)
				}
				return ep.Asked(c, view%(ep.Query+1)-1)
			}
			from[ep.Support(c, 0)] = place(turn)
			for j := range ep.Query {
				from[ep.Asked(c, j)] = place(turn + 1 + j)
			}
		}
		v := make([]float32, len(u))
		for i, f := range from {
			copy(v[i*d:][:d], u[f*d:][:d])
		}
		l := NewPrototypeLoss(0.1)
		res, grad := l.Forward(v, d, ep)
		want.Loss += res.Loss / float64(ep.Query+1)
		want.Accuracy += res.Accuracy / float64(ep.Query+1)
		dT += float64(l.LogT.Grad[0]) / float64(ep.Query+1)
		for i, f := range from {
			for j, x := range grad[i*d:][:d] {
				sum[f*d+j] += float64(x) / float64(ep.Query+1)
			}
		}
	}
	const tolerance = 1e-5
	if math.Abs(got.Loss-want.Loss) > tolerance || math.Abs(got.Accuracy-want.Accuracy) > tolerance {
		t.Errorf("%+v, want %+v", got, want)
	}
	if math.Abs(float64(fast.LogT.Grad[0])-dT) > tolerance {
		t.Errorf("gradient of the temperature %v, want %v", fast.LogT.Grad[0], dT)
	}
	// Forward's gradient is that through the normalisation of prototypes: compare along the sphere, where both must agree.
	for i := range ep.Images() {
		e, a, b := u[i*d:][:d], g[i*d:][:d], sum[i*d:][:d]
		dotA, dotB := 0.0, 0.0
		for j := range e {
			dotA += float64(e[j]) * float64(a[j])
			dotB += float64(e[j]) * b[j]
		}
		for j := range e {
			x, y := float64(a[j])-dotA*float64(e[j]), b[j]-dotB*float64(e[j])
			if math.Abs(x-y) > tolerance {
				t.Fatalf("drawing %d: gradient %v, want %v", i, x, y)
			}
		}
	}
}
