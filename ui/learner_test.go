package ui

import (
	"math"
	"slices"
	"strings"
	"testing"

	"oneshot/engine/prep"
	"oneshot/ui/state"
	"oneshot/weights"
)

// shipped is a learner with the built-in network.
func shipped(t *testing.T) state.Learner {
	t.Helper()
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	l, err := NewLearner(m, DefaultHead)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The engine learns, changes its head without forgetting, and forgets.
func TestLearnerChangesHead(t *testing.T) {
	l := shipped(t)
	var level, upright prep.Input
	for i := 4; i < prep.Side-4; i++ {
		level[prep.Side/2*prep.Side+i], upright[i*prep.Side+prep.Side/2] = 255, 255
	}
	if err := l.Learn(7, 1, &level); err != nil {
		t.Fatal(err)
	}
	if err := l.Learn(8, 2, &upright); err != nil {
		t.Fatal(err)
	}
	all := l.Heads()
	if len(all) < 2 || all[0] != "prototype" || !slices.Contains(all, l.Head()) {
		t.Errorf("heads %q, in use %q", all, l.Head())
	}
	for _, name := range append(all, all...) {
		if err := l.SetHead(name); err != nil || l.Head() != name {
			t.Fatalf("head %q after %q was set: %v", l.Head(), name, err)
		}
		a, err := l.Classify(&upright)
		if err != nil || len(a.Ranking) != 2 || a.Nearest != 2 {
			t.Errorf("%s: %+v, %v; want two classes and shot 2", name, a, err)
		}
	}
	if err := l.SetHead("pixels"); err == nil {
		t.Error("an unknown head was taken")
	}
	if err := l.Forget(2); err != nil {
		t.Fatal(err)
	}
	if a, err := l.Classify(&upright); err != nil || len(a.Ranking) != 1 || a.Ranking[0].Class != 7 {
		t.Errorf("after forgetting: %+v, %v", a, err)
	}
}

// The stricter, the higher the threshold, with every head and whether or not the model has one of its
// own; the strictness stays when the head changes.
func TestLearnerStrictness(t *testing.T) {
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	made, err := NewLearner(m, DefaultHead)
	if err != nil {
		t.Fatal(err)
	}
	l := made.(*learner)
	if l.Strictness() != l.OwnStrictness() {
		t.Errorf("strictness %d at first, want its own %d", l.Strictness(), l.OwnStrictness())
	}
	for _, h := range l.classifier.Network().Heads() {
		own := l.classifier.Network().Threshold(h)
		if got := threshold(l.classifier.Network(), h, 0); !math.IsInf(own, -1) && got != own {
			t.Errorf("%v: strictness 0 means %v, want the model's %v", h, got, own)
		}
		if err := l.SetHead(h.String()); err != nil {
			t.Fatal(err)
		}
		before := math.Inf(-1)
		for step := -state.MaxStrictness; step <= state.MaxStrictness; step++ {
			l.SetStrictness(step)
			got := l.Threshold()
			if never := step == -state.MaxStrictness; got < before || never != math.IsInf(got, -1) {
				t.Errorf("%v: strictness %d means %v after %v", h, step, got, before)
			}
			before = got
		}
		for _, next := range l.Heads() {
			if err := l.SetHead(next); err != nil || l.Strictness() != state.MaxStrictness {
				t.Errorf("strictness %d with %s, %v", l.Strictness(), next, err)
			}
		}
	}
}

// A model that has thresholds answers none of its own accord, and as it was trained to with every head.
func TestLearnerTakesTheModelsThresholds(t *testing.T) {
	built, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	plain, err := NewLearner(built, DefaultHead)
	if err != nil {
		t.Fatal(err)
	}
	m := *built
	m.Tensors = nil
	for _, ts := range built.Tensors {
		if !strings.HasSuffix(ts.Name, ".threshold") {
			m.Tensors = append(m.Tensors, ts)
		}
	}
	const certain = 0.9999 // only the same drawing is so much alike
	for _, name := range plain.Heads() {
		m.Tensors = append(m.Tensors, weights.Tensor{Name: name + ".threshold", Dims: []int{1}, F32: []float32{certain}})
	}
	slices.SortFunc(m.Tensors, func(a, b weights.Tensor) int { return strings.Compare(a.Name, b.Name) })
	l, err := NewLearner(&m, DefaultHead)
	if err != nil {
		t.Fatal(err)
	}
	if l.OwnStrictness() != 0 || l.Strictness() != 0 {
		t.Errorf("strictness %d, own %d, want 0", l.Strictness(), l.OwnStrictness())
	}
	for _, name := range l.Heads() {
		if err := l.SetHead(name); err != nil || l.Threshold() != float64(float32(certain)) {
			t.Errorf("%s: threshold %v, want %v; %v", name, l.Threshold(), certain, err)
		}
	}
	if err := l.SetHead(DefaultHead.String()); err != nil {
		t.Fatal(err)
	}
	var cross, line prep.Input
	for i := 4; i < prep.Side-4; i++ {
		cross[prep.Side/2*prep.Side+i], cross[i*prep.Side+prep.Side/2] = 255, 255
		line[i*prep.Side+i] = 255
	}
	if err := l.Learn(1, 1, &cross); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		query *prep.Input
		step  int
		none  bool
	}{{&cross, 0, false}, {&line, 0, true}, {&line, -state.MaxStrictness, false}} {
		l.SetStrictness(c.step)
		if a, err := l.Classify(c.query); err != nil || a.None != c.none {
			t.Errorf("strictness %d: none is %v, want %v; %v", c.step, a.None, c.none, err)
		}
	}
}

// A shot that is left out is answered by the others, as if it had never been learned.
func TestLearnerLeavesOut(t *testing.T) {
	l := shipped(t)
	for i, column := range []int{6, 14, 20} {
		var in prep.Input
		for y := 4; y < prep.Side-4; y++ {
			in[y*prep.Side+column] = 255
			in[column*prep.Side+y] = 255
		}
		if err := l.Learn(state.ClassID(7+i/2), state.ShotID(i+1), &in); err != nil {
			t.Fatal(err)
		}
	}
	if a, err := l.LeaveOut(1); err != nil || a.Nearest == 1 || len(a.Ranking) != 2 {
		t.Errorf("without the first: %+v, %v", a, err)
	}
	if a, err := l.LeaveOut(3); err != nil || len(a.Ranking) != 1 || a.Ranking[0].Class != 7 {
		t.Errorf("without the only one of its class: %+v, %v", a, err)
	}
}

// What was opened is looked at in parts; who asks before that is done gets the answer that all of it gives.
func TestLearnerStudiesInParts(t *testing.T) {
	l := shipped(t)
	var level, upright prep.Input
	for i := 4; i < prep.Side-4; i++ {
		level[prep.Side/2*prep.Side+i], upright[i*prep.Side+prep.Side/2] = 255, 255
	}
	for shot, in := range []*prep.Input{&level, &level, &upright, &upright} {
		if err := l.Learn(state.ClassID(7+shot/2), state.ShotID(shot+1), in); err != nil {
			t.Fatal(err)
		}
	}
	once := 1
	left, err := l.Study(func() bool { once--; return once >= 0 })
	if err != nil || left != 3 {
		t.Errorf("after one of four shots %d wait, %v; want 3", left, err)
	}
	if err := l.Forget(2); err != nil {
		t.Errorf("a shot that waits is not forgotten: %v", err)
	}
	if err := l.Forget(2); err == nil {
		t.Error("it was forgotten twice")
	}
	if left, _ := l.Study(func() bool { return false }); left != 2 {
		t.Errorf("%d shots wait, want 2", left)
	}
	if a, err := l.Classify(&upright); err != nil || len(a.Ranking) != 2 || a.Ranking[0].Class != 8 || a.Nearest < 3 {
		t.Errorf("asked in between: %+v, %v; want both classes, and one of shots 3 and 4", a, err)
	}
	if left, _ := l.Study(func() bool { return false }); left != 0 {
		t.Errorf("%d shots wait after the answer", left)
	}
	if _, err := l.Embedding(1); err != nil {
		t.Error(err)
	}
}
