package fewshot

import (
	"math"
	"math/rand/v2"
	"testing"
)

// trialsOf are trials of one episode.
func trialsOf(positive, negative []float64) []trial {
	var trials []trial
	for _, s := range positive {
		trials = append(trials, trial{s, true, 0})
	}
	for _, s := range negative {
		trials = append(trials, trial{s, false, 0})
	}
	return trials
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-12 }

func TestROCByHand(t *testing.T) {
	inf := math.Inf(-1)
	for _, test := range []struct {
		name               string
		positive, negative []float64
		auroc, eer         float64
	}{
		{"apart", []float64{2, 3}, []float64{-1, 1}, 1, 0},
		{"the wrong way round", []float64{-1, 1}, []float64{2, 3}, 0, 1},
		{"all equal", []float64{5, 5, 5}, []float64{5, 5}, 0.5, 0.5},
		{"mixed", []float64{1, 3}, []float64{2, 2}, 0.5, 0.5},
		// Of 16 pairs 13 are in order. A threshold of 0.4 rejects one of four and accepts two, one
		// above it rejects one and accepts one.
		{"four and four", []float64{0.9, 0.8, 0.7, 0.3}, []float64{0.6, 0.4, 0.2, 0.1}, 14.0 / 16, 0.25},
		// One tie of the 4 pairs. Up to the tie (0, 1/2), above it (1/2, 0): the line meets at a quarter.
		{"a tie", []float64{1, 2}, []float64{0, 1}, 3.5 / 4, 0.25},
		{"without any evidence", []float64{inf, 1}, []float64{inf, inf}, 0.75, 1.0 / 3},
	} {
		r := newROC(trialsOf(test.positive, test.negative), 1)
		if got := r.AUROC(); !near(got.Value, test.auroc) || got.CI95 != 0 {
			t.Errorf("%s: AUROC %+v, want %v", test.name, got, test.auroc)
		}
		if got, _ := r.EER(); !near(got.Value, test.eer) {
			t.Errorf("%s: EER %v, want %v", test.name, got.Value, test.eer)
		}
		if p, n := r.Trials(); p != len(test.positive) || n != len(test.negative) {
			t.Errorf("%s: %d and %d trials", test.name, p, n)
		}
	}
}

func TestROCRatesAndThreshold(t *testing.T) {
	r := newROC(trialsOf([]float64{0.9, 0.8, 0.7, 0.3}, []float64{0.6, 0.4, 0.2, 0.1}), 1)
	for _, test := range []struct{ threshold, rejection, acceptance float64 }{
		{0, 0, 1}, {0.3, 0, 0.5}, {0.31, 0.25, 0.5}, {0.4, 0.25, 0.5}, {0.5, 0.25, 0.25}, {0.7, 0.25, 0}, {1, 1, 0},
	} {
		if rejection, acceptance := r.Rates(test.threshold); rejection != test.rejection || acceptance != test.acceptance {
			t.Errorf("threshold %v: rates %v and %v, want %v and %v", test.threshold, rejection, acceptance, test.rejection, test.acceptance)
		}
	}
	for _, test := range []struct{ rejection, threshold float64 }{{0, 0.3}, {0.2, 0.3}, {0.25, 0.7}, {0.5, 0.8}, {1, 0.9}} {
		if got := r.Threshold(test.rejection); got != test.threshold {
			t.Errorf("threshold %v for a rejection of %v, want %v", got, test.rejection, test.threshold)
		}
	}
	if _, threshold := r.EER(); threshold != 0.6 {
		t.Errorf("the EER is reached at %v, want 0.6", threshold)
	}
	points := r.Curve(3)
	if want := []Point{{0.1, 0, 1}, {0.4, 0.25, 0.5}, {0.9, 0.75, 0}}; len(points) != 3 || points[0] != want[0] || points[1] != want[1] || points[2] != want[2] {
		t.Errorf("curve %v, want %v", points, want)
	}
	if points := r.Curve(1000); len(points) != 8 {
		t.Errorf("%d points of 8 different scores", len(points))
	}
}

// A learner that says the same of everything has one threshold, which accepts every trial.
func TestROCCurveOfEqualScores(t *testing.T) {
	points := newROC(trialsOf([]float64{5, 5}, []float64{5}), 1).Curve(33)
	if len(points) != 1 || points[0] != (Point{5, 0, 1}) {
		t.Errorf("curve %v, want one point that accepts all", points)
	}
}

// TestROCEqualsCounting compares with the definitions, pair by pair and threshold by threshold.
func TestROCEqualsCounting(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		scores := func(shift float64) []float64 {
			s := make([]float64, 1+r.IntN(30))
			for i := range s {
				s[i] = math.Round(4*(r.NormFloat64()+shift)) / 4 // some are equal
			}
			return s
		}
		positive, negative := scores(1), scores(0)
		var won float64
		for _, p := range positive {
			for _, n := range negative {
				if p > n {
					won++
				} else if p == n {
					won += 0.5
				}
			}
		}
		roc := newROC(trialsOf(positive, negative), 1)
		if want := won / float64(len(positive)*len(negative)); !near(roc.auroc([]float64{1}), want) {
			t.Fatalf("AUROC %v, want %v", roc.auroc([]float64{1}), want)
		}
		for _, p := range roc.Curve(1000) {
			if rejection, acceptance := roc.Rates(p.Threshold); !near(rejection, p.FalseRejection) || !near(acceptance, p.FalseAcceptance) {
				t.Fatalf("point %+v, rates %v and %v", p, rejection, acceptance)
			}
		}
		// The EER lies between the best of the larger rates and the worst of the smaller ones.
		upper, lower := 1.0, 0.0
		for _, p := range roc.Curve(1000) {
			upper, lower = min(upper, max(p.FalseRejection, p.FalseAcceptance)), max(lower, min(p.FalseRejection, p.FalseAcceptance))
		}
		if eer, _ := roc.eer([]float64{1}); eer > upper+1e-12 || eer < lower-1e-12 {
			t.Fatalf("EER %v, want %v to %v", eer, lower, upper)
		}
	}
}

// Two normal distributions a known distance apart have a known area and a known equal error rate.
func TestROCOfNormalScores(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const episodes, each, apart = 400, 20, 2.0
	var trials []trial
	for i := range episodes {
		for range each {
			trials = append(trials, trial{r.NormFloat64() + apart, true, i}, trial{r.NormFloat64(), false, i})
		}
	}
	roc := newROC(trials, episodes)
	phi := func(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }
	eer, threshold := roc.EER()
	for _, f := range []struct {
		name string
		got  Estimate
		want float64
	}{{"AUROC", roc.AUROC(), phi(apart / math.Sqrt2)}, {"EER", eer, phi(-apart / 2)}} {
		// The trials are independent: 8,000 of each side give about 0.004 and 0.005.
		if math.Abs(f.got.Value-f.want) > 2*f.got.CI95 || f.got.CI95 < 0.002 || f.got.CI95 > 0.008 {
			t.Errorf("%s %+v, want %v", f.name, f.got, f.want)
		}
	}
	if math.Abs(threshold-apart/2) > 0.05 {
		t.Errorf("the EER is reached at %v, want %v", threshold, apart/2)
	}
}
