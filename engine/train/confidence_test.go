package train

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/weights"
)

// Logits are normal numbers of variance 1, those of the right class moved by 3: their posterior is the softmax of 3 times the
// logits, whatever the number of classes.
func TestFitTemperatureFindsThePosterior(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const apart = 3
	var queries [][]evidence
	for _, way := range []int{5, 20} {
		var protocol []evidence
		for range 4000 {
			q := evidence{class: r.IntN(way)}
			for c := range way {
				logit := r.NormFloat64()
				if c == q.class {
					logit += apart
				}
				q.logits = append(q.logits, logit)
			}
			protocol = append(protocol, q)
		}
		queries = append(queries, protocol)
	}
	got := fitTemperature(queries)
	if math.Abs(got-apart) > 0.2 {
		t.Errorf("temperature %v, want %v", got, apart)
	}
	best := logLoss(queries, got)
	for _, other := range []float64{0.9 * got, 1.1 * got} {
		if logLoss(queries, other) <= best {
			t.Errorf("the loss at %v is not above that at %v", other, got)
		}
	}
}

func TestFitTemperatureStaysInBounds(t *testing.T) {
	right := [][]evidence{{{[]float64{1, 0}, 0}}}
	wrong := [][]evidence{{{[]float64{1, 0}, 1}}}
	if got := fitTemperature(right); got < 30 || got > maxTemperature {
		t.Errorf("always right: temperature %v", got)
	}
	if got := fitTemperature(wrong); got < minTemperature || got > 1.01*minTemperature {
		t.Errorf("always wrong: temperature %v", got)
	}
}

func TestLogLossByHand(t *testing.T) {
	queries := [][]evidence{
		{{[]float64{0, 0}, 0}, {[]float64{0, 0}, 1}},   // log 2 each
		{{[]float64{math.Log(3), 0}, 0}},               // log 4/3 at temperature 1
		{{[]float64{math.Log(3), 0, math.Inf(-1)}, 1}}, // log 4
	}
	if got, want := logLoss(queries, 1), (math.Log(2)+math.Log(4.0/3)+math.Log(4))/3; math.Abs(got-want) > 1e-12 {
		t.Errorf("loss %v, want %v", got, want)
	}
}

func TestThresholdRejectsAtMostFivePerCent(t *testing.T) {
	var known []float64
	for i := range 100 {
		known = append(known, 1+float64((i*37)%100)/1000)
	}
	got := threshold(known)
	below := 0
	for _, v := range known {
		if v < float64(got) {
			below++
		}
	}
	if below != 5 || math.Abs(float64(got)-1.005) > 1e-6 {
		t.Errorf("threshold %v rejects %d of 100", got, below)
	}
}

func TestFitConfidence(t *testing.T) {
	model, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	set := invented(t, 2, 7, 7)
	last, total := 0, 0
	cfg := Confidence{Episodes: 20, Seed: 5, Progress: func(d, n int) { last, total = d, n }}
	fitted, chosen, err := FitConfidence(model, set, cfg)
	if err != nil {
		t.Fatal(err)
	}
	arch, err := engine.ParseArch(model.Arch)
	if err != nil {
		t.Fatal(err)
	}
	// 5-way alone is feasible: 1- and 5-shot, across and within.
	if heads := arch.Heads(); len(chosen) != len(heads) || total != len(heads)*4*20 || last != total {
		t.Fatalf("%d heads and %d of %d episodes, want %d heads", len(chosen), last, total, len(heads))
	}
	back, err := weights.Decode(encoded(t, fitted))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range chosen {
		learner, err := fewshot.NewEngine(back, c.Head)
		if err != nil {
			t.Fatal(err)
		}
		if learner.Threshold() != float64(c.Threshold) || back.Tensor(c.Head.String() + ".temperature").F32[0] != c.Temperature {
			t.Errorf("%v: the model's threshold is %v and differs from %+v", c.Head, learner.Threshold(), c)
		}
		// The logits do not depend on the temperature: a second fit finds the same.
		rejected, known := 0, 0
		for _, within := range []bool{false, true} {
			answers, err := ask(set, fewshot.Protocol{Way: 5, Shot: 1, Episodes: 20, Seed: 5, Within: within}, learner)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range answers {
				top := math.Inf(-1)
				for _, v := range a.logits {
					top = max(top, v)
				}
				if known++; top < float64(c.Threshold) {
					rejected++
				}
			}
		}
		if part := float64(rejected) / float64(known); part > FalseRejection || part < FalseRejection-0.01 {
			t.Errorf("%v: the threshold rejects %d of %d", c.Head, rejected, known)
		}
	}
	if again, _, err := FitConfidence(fitted, set, cfg); err != nil || string(encoded(t, again)) != string(encoded(t, fitted)) {
		t.Errorf("fitting a fitted model changes it, error %v", err)
	}
}

func TestFitConfidenceErrors(t *testing.T) {
	model, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := FitConfidence(model, invented(t, 1, 4, 3), Confidence{Episodes: 5}); !errors.Is(err, fewshot.ErrShort) {
		t.Errorf("four classes: error %v, want ErrShort", err)
	}
	if _, _, err := FitConfidence(model, invented(t, 1, 6, 3), Confidence{}); err == nil {
		t.Error("no episodes give no error")
	}
	_, m := finished(t, tinyConfig(t))
	if _, _, err := FitConfidence(m, invented(t, 1, 6, 3), Confidence{Episodes: 5}); !errors.Is(err, engine.ErrType) {
		t.Errorf("a float model: error %v, want ErrType", err)
	}
}
