package fewshot_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"oneshot/engine/fewshot"
)

// normal is a learner of known quality: the logit of a class is a normal number, apart higher for the
// class that the query belongs to. Confidences are the softmax of temperature times the logits.
type normal struct {
	apart, temperature float64
	r                  *rand.Rand
	support            [][]*fewshot.Drawing
}

func newNormal(apart, temperature float64) *normal {
	return &normal{apart: apart, temperature: temperature, r: rand.New(rand.NewPCG(8, 9))}
}

func (n *normal) Learn(support [][]*fewshot.Drawing) error {
	n.support = support
	return nil
}

func (n *normal) Answer(query *fewshot.Drawing) (fewshot.Answer, error) {
	var a fewshot.Answer
	var sum float64
	for i, shots := range n.support {
		logit := n.r.NormFloat64()
		if shots[0].Input[0] == query.Input[0] {
			logit += n.apart
		}
		a.Logits = append(a.Logits, logit)
		a.Confidences = append(a.Confidences, math.Exp(n.temperature*logit))
		sum += a.Confidences[i]
		if logit > a.Logits[a.Class] {
			a.Class = i
		}
	}
	for i := range a.Confidences {
		a.Confidences[i] /= sum
	}
	return a, nil
}

// phi is the distribution function of the normal distribution.
func phi(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

func TestEvaluateOpen(t *testing.T) {
	set := numbered(3, 12)
	p := fewshot.Protocol{Way: 2, Shot: 1, Episodes: 2000, Seed: 1}
	done := 0
	p.Progress = func(n int) { done = n }
	const apart = 2.0
	r, err := fewshot.EvaluateOpen(set, p, newNormal(apart, 1))
	if err != nil {
		t.Fatal(err)
	}
	// Of two unknown classes the larger of two normal numbers is the evidence, of a known query the
	// larger of one moved and one not. The area is the mean of F(x)^2 over the density of the latter.
	var want float64
	const step = 1e-3
	cdf := func(x float64) float64 { return phi(x-apart) * phi(x) }
	for x := -8.0; x < 12; x += step {
		want += phi(x) * phi(x) * (cdf(x+step/2) - cdf(x-step/2))
	}
	if math.Abs(r.AUROC.Value-want) > 0.015 || r.AUROC.CI95 < 0.004 || r.AUROC.CI95 > 0.02 {
		t.Errorf("AUROC %+v, want %v", r.AUROC, want)
	}
	// The learner has one scale for all episodes, so that the mean of the episodes' areas is the same.
	if math.Abs(r.EpisodeAUROC.Value-want) > 0.015 {
		t.Errorf("AUROC of the episodes %+v, want %v", r.EpisodeAUROC, want)
	}
	if want := phi(apart / math.Sqrt2); math.Abs(r.Accuracy.Value-want) > 0.015 {
		t.Errorf("accuracy %+v, want %v", r.Accuracy, want)
	}
	if known, unknown := r.ROC.Trials(); known != 4000 || unknown != 4000 || done != 2000 {
		t.Errorf("%d known and %d unknown queries after %d episodes", known, unknown, done)
	}
	rejection, acceptance := r.ROC.Rates(r.ROC.Threshold(0.05))
	if rejection > 0.05 || rejection < 0.049 || acceptance < 0.2 || acceptance > 0.7 {
		t.Errorf("rates %v and %v at the threshold for 0.05", rejection, acceptance)
	}
}

// alphabetOf remembers which classes an open episode shows and asks about.
type alphabetOf struct {
	normal
	t     *testing.T
	known map[uint8]bool
	asked map[uint8]bool
}

func (a *alphabetOf) Learn(support [][]*fewshot.Drawing) error {
	if len(support) != 3 {
		a.t.Fatalf("%d classes are shown, want 3", len(support))
	}
	a.known, a.asked = map[uint8]bool{}, map[uint8]bool{}
	for _, shots := range support {
		a.known[shots[0].Input[0]] = true
	}
	return a.normal.Learn(support)
}

func (a *alphabetOf) Answer(q *fewshot.Drawing) (fewshot.Answer, error) {
	class := q.Input[0]
	if a.asked[class] {
		a.t.Fatalf("class %d is asked about twice", class)
	}
	if a.asked[class] = true; a.known[class] != (len(a.asked) <= 3) {
		a.t.Fatalf("query %d is of a known class: %v", len(a.asked), a.known[class])
	}
	for other := range a.known {
		if (class < 7) != (other < 7) {
			a.t.Fatalf("classes %d and %d are of two alphabets", class, other)
		}
	}
	return a.normal.Answer(q)
}

func TestEvaluateOpenAsksAboutAsManyUnknown(t *testing.T) {
	p := fewshot.Protocol{Way: 3, Shot: 2, Episodes: 50, Within: true}
	if _, err := fewshot.EvaluateOpen(numbered(3, 7, 8, 5), p, &alphabetOf{normal: *newNormal(1, 1), t: t}); err != nil {
		t.Fatal(err)
	}
	_, err := fewshot.EvaluateOpen(numbered(3, 5), p, newNormal(1, 1))
	if want := "largest alphabet has 5 classes, 3-way with 3 unknown classes needs 6"; err == nil || !errors.Is(err, fewshot.ErrShort) || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %q", err, want)
	}
}

func TestEvaluateVerification(t *testing.T) {
	const apart = 3.0
	p := fewshot.Protocol{Way: 4, Shot: 2, Episodes: 800, Seed: 2}
	r, err := fewshot.EvaluateVerification(numbered(4, 9), p, newNormal(apart, 1))
	if err != nil {
		t.Fatal(err)
	}
	if want := phi(-apart / 2); math.Abs(r.EER.Value-want) > 0.012 || r.EER.CI95 < 0.003 || r.EER.CI95 > 0.015 {
		t.Errorf("EER %+v, want %v", r.EER, want)
	}
	if want := phi(apart / math.Sqrt2); math.Abs(r.AUROC.Value-want) > 0.01 {
		t.Errorf("AUROC %+v, want %v", r.AUROC, want)
	}
	if math.Abs(r.Threshold-apart/2) > 0.15 {
		t.Errorf("threshold %v, want %v", r.Threshold, apart/2)
	}
	if same, different := r.ROC.Trials(); same != 3200 || different != 3200 {
		t.Errorf("%d same and %d different", same, different)
	}
}

func TestEvaluateCalibration(t *testing.T) {
	// With logits N(apart, 1) for the right class and N(0, 1) for others, the probability of a class is
	// the softmax of apart times the logit: that temperature is perfectly calibrated.
	const apart = 2.0
	set := numbered(2, 25)
	protocols := []fewshot.Protocol{{Way: 5, Shot: 1, Episodes: 800, Seed: 1}, {Way: 20, Shot: 1, Episodes: 200, Seed: 2}}
	honest, err := fewshot.EvaluateCalibration(set, protocols, newNormal(apart, apart))
	if err != nil {
		t.Fatal(err)
	}
	if honest.ECE.Value > 0.02 || honest.ECE.CI95 <= 0 || math.Abs(honest.Confidence-honest.Accuracy) > 0.015 || honest.Queries != 8000 {
		t.Errorf("a calibrated learner: ECE %+v, confidence %v, accuracy %v, %d queries", honest.ECE, honest.Confidence, honest.Accuracy, honest.Queries)
	}
	for _, temperature := range []float64{apart / 3, 3 * apart} {
		c, err := fewshot.EvaluateCalibration(set, protocols, newNormal(apart, temperature))
		if err != nil || c.ECE.Value < 0.1 || c.NLL < honest.NLL || (c.Confidence > c.Accuracy) != (temperature > apart) {
			t.Errorf("temperature %v: ECE %+v, NLL %v, confidence %v, accuracy %v, error %v", temperature, c.ECE, c.NLL, c.Confidence, c.Accuracy, err)
		}
	}
	if _, err := fewshot.EvaluateCalibration(set, protocols, &oracle{}); err == nil || !strings.Contains(err.Error(), "no confidences") {
		t.Errorf("a learner without confidences: error %v", err)
	}
	if _, err := fewshot.EvaluateCalibration(set, nil, &oracle{}); err == nil {
		t.Error("no protocols give no error")
	}
}

func TestEvaluateGrid(t *testing.T) {
	set := numbered(4, 6, 3)
	var seen []int
	p := fewshot.Protocol{Episodes: 5, Seed: 3, Within: true, Progress: func(n int) { seen = append(seen, n) }}
	cells, err := fewshot.EvaluateGrid(set, p, []int{2, 5, 7}, []int{1, 3, 4}, &oracle{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range cells {
		got = append(got, fmt.Sprint(c.Way, c.Shot, c.Result.Accuracy, c.Result.Episodes))
	}
	// No alphabet has 7 classes, no class 5 drawings.
	if want := []string{"2 1 1 5", "2 3 1 5", "2 4 0 0", "5 1 1 5", "5 3 1 5", "5 4 0 0", "7 1 0 0", "7 3 0 0", "7 4 0 0"}; !slices.Equal(got, want) {
		t.Errorf("cells %q, want %q", got, want)
	}
	if !slices.IsSorted(seen) || seen[len(seen)-1] != 25 {
		t.Errorf("progress %v", seen)
	}
	if _, err := fewshot.EvaluateGrid(set, p, []int{1}, []int{1}, &oracle{}); err == nil {
		t.Error("1-way gives no error")
	}
}

func TestNewProtocolsReturnTheLearnersError(t *testing.T) {
	set, p := numbered(2, 6), fewshot.Protocol{Way: 3, Shot: 1, Episodes: 2}
	for _, l := range []fewshot.Learner{brokenLearner{errBroken}, brokenLearner{}} {
		_, open := fewshot.EvaluateOpen(set, p, l)
		_, verification := fewshot.EvaluateVerification(set, p, l)
		_, calibration := fewshot.EvaluateCalibration(set, []fewshot.Protocol{p}, l)
		_, grid := fewshot.EvaluateGrid(set, p, []int{3}, []int{1}, l)
		for i, err := range []error{open, verification, calibration, grid} {
			if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "episode 0") {
				t.Errorf("protocol %d: error %v, want episode 0 and the learner's", i, err)
			}
		}
	}
}

func TestEpisodesAreThoseOfSample(t *testing.T) {
	set, p := numbered(3, 8), fewshot.Protocol{Way: 4, Shot: 2, Episodes: 6, Seed: 9}
	episodes, err := fewshot.Episodes(set, p)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i, e := range episodes {
		want, err := fewshot.Sample(set, p, i)
		if err != nil || !slices.Equal(e.Queries, want.Queries) {
			t.Errorf("episode %d differs from Sample's, error %v", i, err)
		}
		if n++; n == 4 {
			break
		}
	}
	if _, err := fewshot.Episodes(set, fewshot.Protocol{Way: 9, Shot: 1, Episodes: 1}); !errors.Is(err, fewshot.ErrShort) {
		t.Errorf("error %v, want ErrShort", err)
	}
}
