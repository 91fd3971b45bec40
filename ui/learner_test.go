package ui

import (
	"slices"
	"testing"

	"oneshot/engine/prep"
	"oneshot/weights"
)

// The engine learns, changes its head without forgetting, and forgets.
func TestLearnerChangesHead(t *testing.T) {
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	l, err := NewLearner(m, DefaultHead)
	if err != nil {
		t.Fatal(err)
	}
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
