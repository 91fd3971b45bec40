package train

import (
	"math"
	"math/rand/v2"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

// The definition in float64 and the layer that is trained agree, for a class alone, for a few, and for more than there
// are slots.
func TestMatchingAnswersAsItWasTrained(t *testing.T) {
	for _, way := range []int{1, 5, nn.Slots + 6} {
		r := rand.New(rand.NewPCG(1, uint64(way)))
		const channels, d = 4, 36
		ep := nn.Layout{Way: way, Shot: 2, Query: 1}
		trained := &matchingHead{Matching: nn.NewMatching(channels), d: d}
		for _, p := range trained.Params() {
			for i := range p.Value {
				p.Value[i] += float32(r.NormFloat64()) / 4
			}
		}
		u := make([]float32, ep.Images()*d)
		for i := range ep.Images() {
			row := widened(u[i*d:][:d])
			for j := range row {
				row[j] = r.Float64()
			}
			for j, v := range unitOf(row) {
				u[i*d+j] = float32(v)
			}
		}
		support := make([][][]float32, way)
		for c := range support {
			for k := range ep.Shot {
				support[c] = append(support[c], u[ep.Support(c, k)*d:][:d])
			}
		}
		h := &matchingLearner{head: &floatMatching{gain: trained.Gain(), gate: trained.Gate.Value, beta: float64(trained.Beta()), tau: float64(trained.Tau())}}
		h.learn(support)
		for at, want := range trained.Forward(u, d, ep) {
			q, class := at/way, at%way
			if class == 0 {
				h.ask(&fewshot.Drawing{}, u[ep.Asked(q, 0)*d:][:d])
			}
			if got := h.logit(class); math.Abs(got-float64(want/trained.Tau())) > 1e-4 {
				t.Fatalf("%d classes: logit of query %d with class %d is %v, trained %v", way, q, class, got, want/trained.Tau())
			}
		}
	}
}
