package ui

import (
	"slices"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// Asked by each head it says what it would say with that head in use, and its own stays in use.
func TestLearnerClassifiesBy(t *testing.T) {
	l := shipped(t)
	var level, upright, corner prep.Input
	for i := 4; i < prep.Side-4; i++ {
		level[prep.Side/2*prep.Side+i], upright[i*prep.Side+prep.Side/2] = 255, 255
		corner[4*prep.Side+i], corner[i*prep.Side+4] = 255, 255
	}
	for i, in := range []*prep.Input{&level, &upright} {
		if err := l.Learn(state.ClassID(7+i), state.ShotID(1+i), in); err != nil {
			t.Fatal(err)
		}
	}
	l.SetStrictness(5)
	for _, name := range l.Heads() {
		got, err := l.ClassifyBy(name, &corner)
		if err != nil || l.Head() != DefaultHead.String() || l.Strictness() != 5 {
			t.Fatalf("%s: %v; %s in use, strictness %d", name, err, l.Head(), l.Strictness())
		}
		if err := l.SetHead(name); err != nil {
			t.Fatal(err)
		}
		want, err := l.Classify(&corner)
		if err != nil || got.None != want.None || !slices.Equal(got.Ranking, want.Ranking) || got.Nearest != want.Nearest {
			t.Errorf("%s: %+v, want %+v; %v", name, got, want, err)
		}
		if err := l.SetHead(DefaultHead.String()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.ClassifyBy("pixels", &corner); err == nil || l.Head() != DefaultHead.String() {
		t.Errorf("an unknown head was asked: %v, %s in use", err, l.Head())
	}
	if e, err := l.Embedding(2); err != nil || !slices.Equal(e, l.Embed(&upright)) {
		t.Errorf("the embedding of a shot is not that of its input, %v", err)
	}
	if _, err := l.Embedding(3); err == nil {
		t.Error("a shot that was never learned has an embedding")
	}
}

// A learner beside it answers with the same head from what it is shown, and what was taught stays.
func TestLearnerBeside(t *testing.T) {
	l := shipped(t)
	var drawings []*fewshot.Drawing
	shots := map[*fewshot.Drawing]state.ShotID{}
	for i := range 4 {
		d := &fewshot.Drawing{}
		for at := 4; at < prep.Side-4; at++ {
			if i < 2 {
				d.Input[(12+i)*prep.Side+at] = 255
			} else {
				d.Input[at*prep.Side+10+i] = 255
			}
		}
		drawings = append(drawings, d)
		shots[d] = state.ShotID(i + 1)
		if err := l.Learn(state.ClassID(1+i/2), state.ShotID(i+1), &d.Input); err != nil {
			t.Fatal(err)
		}
	}
	beside, err := l.Beside(shots)
	if err != nil {
		t.Fatal(err)
	}
	if err := beside.Learn([][]*fewshot.Drawing{drawings[2:3], drawings[0:1]}); err != nil {
		t.Fatal(err)
	}
	if a, err := beside.Answer(drawings[1]); err != nil || a.Class != 1 {
		t.Errorf("class %d, %v; want 1", a.Class, err)
	}
	if a, err := l.Classify(&drawings[1].Input); err != nil || a.Ranking[0].Class != 1 || len(a.Ranking) != 2 {
		t.Errorf("what was taught answers %+v, %v", a, err)
	}
	if _, err := l.Beside(map[*fewshot.Drawing]state.ShotID{drawings[0]: 99}); err == nil {
		t.Error("a shot that was never learned is shown")
	}
}
