package train

import (
	"math"
	"testing"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

// What is exported, folded and run one image at a time is what the trainer's layers compute with settled statistics.
func TestExportIsTheTrainedNetwork(t *testing.T) {
	cfg := tinyConfig(t)
	tr, _ := finished(t, cfg)
	ep := nn.Layout{Way: 6, Shot: 2, Query: 2}
	images := make([]float32, ep.Images()*28*28)
	tr.sampler.episode(images, ep, Mix{}, 77)
	// A batch whose statistics are settled from itself: normalised and folded must agree.
	for _, n := range tr.encoder.Norms() {
		n.Observe()
	}
	var u nn.Unit
	units := u.Forward(tr.encoder.Forward(images, ep.Images()))
	scores := headScores(t, tr, units, ep)
	for _, n := range tr.encoder.Norms() {
		n.Settle()
	}
	m, err := export(tr.arch, tr.encoder, tr.prototype.Temperature(), tr.heads)
	if err != nil {
		t.Fatal(err)
	}
	net, err := NewFloatNet(m)
	if err != nil {
		t.Fatal(err)
	}
	folded := net.UnitEmbed(images, ep.Images())
	for i := range units {
		if math.Abs(float64(units[i]-folded[i])) > 1e-4 {
			t.Fatalf("embedding value %d is %v folded, %v normalised", i, folded[i], units[i])
		}
	}
	d := len(folded) / ep.Images()
	support := make([][][]float32, ep.Way)
	for k := range support {
		for s := range ep.Shot {
			support[k] = append(support[k], folded[ep.Support(k, s)*d:][:d])
		}
	}
	for head, want := range scores {
		answering := net.head(head)
		answering.learn(support)
		for q := range ep.Way * ep.Query {
			answering.ask(&fewshot.Drawing{}, folded[(ep.Asked(0, 0)+q)*d:][:d])
			for k := range ep.Way {
				if got, want := answering.logit(k), want[q*ep.Way+k]; math.Abs(got-want) > 1e-3*max(1, math.Abs(want)) {
					t.Fatalf("%v: logit of query %d with class %d is %v folded, %v normalised", head, q, k, got, want)
				}
			}
		}
	}
}

// headScores returns the logits (queries, way) that the heads in training give to the queries of an episode.
func headScores(t *testing.T, tr *Trainer, u []float32, ep nn.Layout) map[engine.Head][]float64 {
	t.Helper()
	scores := map[engine.Head][]float64{}
	for _, h := range tr.heads {
		var all []float64
		switch h := h.(type) {
		case *relationHead:
			h.maps.Fill(u, h.h, h.w, h.c, ep)
			for _, s := range h.Forward(h.maps.Classes, h.maps.Queries) {
				all = append(all, math.Log(float64(s)/(1-float64(s))))
			}
		case *siameseHead:
			for pairs := h.Forward(u, ep); len(pairs) > 0; pairs = pairs[ep.Shot:] {
				sum := 0.0
				for _, v := range pairs[:ep.Shot] {
					sum += float64(v)
				}
				all = append(all, sum/float64(ep.Shot))
			}
		case *matchingHead:
			for _, s := range h.Forward(u, h.d, ep) {
				all = append(all, float64(s/h.Tau()))
			}
		default:
			t.Fatalf("a head %v that this test does not know", h.head())
		}
		scores[h.head()] = all
	}
	if len(scores) != 3 {
		t.Fatalf("%d heads in training, want relation, siamese and matching", len(scores))
	}
	return scores
}

// maxQuantisationDrop bounds the accuracy that int8 may cost on the invented characters.
const maxQuantisationDrop = 0.02

// int8AnswersAsFloat checks that the quantised model survives its file, loads in the engine and answers as the float model.
func int8AnswersAsFloat(t *testing.T, m *weights.Model, training, unseen *fewshot.Set) {
	t.Helper()
	q, err := Quantise(m, training)
	if err != nil {
		t.Fatal(err)
	}
	back, err := weights.Decode(encoded(t, q))
	if err != nil {
		t.Fatal(err)
	}
	for _, head := range rowHeads {
		learner, err := fewshot.NewEngine(back, head)
		if err != nil {
			t.Fatal(err)
		}
		float, int8s := accuracyOf(t, m, head, unseen), accuracyWith(t, learner, unseen)
		t.Logf("%v: float %.4f, int8 %.4f", head, float, int8s)
		if math.Abs(int8s-float) > maxQuantisationDrop {
			t.Errorf("%v: accuracy %.4f in int8, %.4f in float", head, int8s, float)
		}
	}
}

func TestQuantiseChannelsKeepsEachChannelsRange(t *testing.T) {
	w := weights.Tensor{Name: "w", Dims: []int{2, 2}, F32: []float32{1, -0.5, 0.001, 0.002}}
	scale := scales(w)
	q, err := quantiseChannels(w, scale)
	if err != nil {
		t.Fatal(err)
	}
	want := []int8{127, -64, 64, 127}
	for i, v := range want {
		if q.I8[i] != v {
			t.Errorf("weight %d is %d, want %d", i, q.I8[i], v)
		}
	}
	if math.Abs(float64(scale[1])*127-0.002) > 1e-9 {
		t.Errorf("scale of channel 1 is %v", scale[1])
	}
}

func TestQuantiseChannelsRefusesScalesThatDoNotFit(t *testing.T) {
	w := weights.Tensor{Name: "w", Dims: []int{2, 1}, F32: []float32{1, 2}}
	for _, scale := range [][]float32{{1}, {1, 0.01}, {1, 0}, {1, float32(math.NaN())}} {
		if q, err := quantiseChannels(w, scale); err == nil {
			t.Errorf("scales %v were taken and gave %v", scale, q.I8)
		}
	}
}

func TestFloatNetRefusesOtherModels(t *testing.T) {
	m, err := weights.New("conv 16, pool", []weights.Tensor{{Name: "prototype.temperature", Dims: []int{1}, F32: []float32{1}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewFloatNet(m); err == nil {
		t.Error("a model without weights was taken")
	}
	if _, err := NewFloatLearner(m, engine.Relation); err == nil {
		t.Error("a model without a relation head was taken for one")
	}
}
