package fewshot_test

import (
	"errors"
	"image"
	"math/rand/v2"
	"strconv"
	"testing"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/weights"
)

// scribbles is a set of classes whose drawings are a polyline of the class with its corners moved a
// little.
func scribbles(t *testing.T, classes, drawings int) *fewshot.Set {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 12))
	set := &fewshot.Set{}
	for c := range classes {
		var corners [6][2]float32
		for i := range corners {
			corners[i] = [2]float32{100 * r.Float32(), 100 * r.Float32()}
		}
		class := fewshot.Class{Name: strconv.Itoa(c)}
		for range drawings {
			var s prep.Stroke
			for _, p := range corners {
				s = append(s, prep.Point{X: p[0] + 8*r.Float32(), Y: p[1] + 8*r.Float32()})
			}
			in, err := prep.FromStrokes([]prep.Stroke{s}, 100)
			if err != nil {
				t.Fatal(err)
			}
			class.Drawings = append(class.Drawings, &fewshot.Drawing{Input: in, Image: image.NewGray(image.Rect(0, 0, 1, 1))})
		}
		set.Classes = append(set.Classes, class)
	}
	return set
}

// TestEngineAnswersAsTheClassifier compares with a new engine.Classifier that is fed inputs, with
// embeddings made beforehand and without.
func TestEngineAnswersAsTheClassifier(t *testing.T) {
	model, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	set := scribbles(t, 8, 4)
	p := fewshot.Protocol{Way: 5, Shot: 2, Episodes: 6, Seed: 1}
	other := map[engine.Head]engine.Head{engine.Prototype: engine.Relation, engine.Relation: engine.Prototype}
	for head := range other {
		fresh, err := fewshot.NewEngine(model, head)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fresh.Answer(set.Classes[0].Drawings[0]); !errors.Is(err, engine.ErrNoExamples) {
			t.Errorf("%s: before it has learned: error %v, want ErrNoExamples", head, err)
		}
		prepared, err := fewshot.NewEngine(model, other[head])
		if err != nil {
			t.Fatal(err)
		}
		prepared.Prepare(set)
		if prepared, err = prepared.With(head); err != nil {
			t.Fatal(err)
		}
		for i := range p.Episodes {
			e, err := fewshot.Sample(set, p, i)
			if err != nil {
				t.Fatal(err)
			}
			clf, err := engine.New(model, head)
			if err != nil {
				t.Fatal(err)
			}
			for class, shots := range e.Support {
				for _, d := range shots {
					if _, err := clf.Add(strconv.Itoa(class), d.Input); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, l := range []*fewshot.Engine{fresh, prepared} {
				if err := l.Learn(e.Support); err != nil {
					t.Fatal(err)
				}
				for _, q := range e.Queries {
					want, err := clf.Classify(q.Input)
					if err != nil {
						t.Fatal(err)
					}
					got, err := l.Answer(q)
					if err != nil || strconv.Itoa(got.Class) != want.Ranking[0].Class {
						t.Fatalf("%s, episode %d: class %d, error %v, want %s", head, i, got.Class, err, want.Ranking[0].Class)
					}
					for _, r := range want.Ranking {
						class, _ := strconv.Atoi(r.Class)
						if got.Confidences[class] != float64(r.Confidence) || got.Logits[class] != r.Logit {
							t.Errorf("%s, episode %d: class %d has confidence %v and logit %v, want %v and %v",
								head, i, class, got.Confidences[class], got.Logits[class], r.Confidence, r.Logit)
						}
					}
					if got.Evidence() != want.Evidence || l.Threshold() != clf.Threshold() {
						t.Errorf("%s, episode %d: evidence %v and threshold %v, want %v and %v", head, i, got.Evidence(), l.Threshold(), want.Evidence, clf.Threshold())
					}
				}
			}
		}
	}
}

func TestEngineErrors(t *testing.T) {
	if _, err := fewshot.NewEngine(&weights.Model{Arch: "conv 8"}, engine.Prototype); !errors.Is(err, engine.ErrMissing) {
		t.Errorf("a model without tensors: error %v, want ErrMissing", err)
	}
	model, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	l, err := fewshot.NewEngine(model, engine.Prototype)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.With(99); !errors.Is(err, engine.ErrHead) {
		t.Errorf("no such head: error %v, want ErrHead", err)
	}
	d := scribbles(t, 1, 1).Classes[0].Drawings[0]
	many := make([]*fewshot.Drawing, engine.MaxShots+1)
	for i := range many {
		many[i] = d
	}
	if err := l.Learn([][]*fewshot.Drawing{many}); !errors.Is(err, engine.ErrLimit) {
		t.Errorf("too many shots: error %v, want ErrLimit", err)
	}
}
