package state_test

import (
	"errors"
	"math"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/ui/state"
)

// line is a shot of one straight stroke.
func line(t *testing.T, x0, y0, x1, y1 float32) state.Shot {
	t.Helper()
	sh := state.Shot{Strokes: []state.Stroke{{{X: x0, Y: y0}, {X: x1, Y: y1}}}}
	in, err := state.Input(sh.Strokes)
	must(t, err)
	sh.Input = in
	return sh
}

// Drawings from elsewhere are asked about by the names of their classes; nothing that was taught changes.
func TestTrial(t *testing.T) {
	s := state.New(newNearest())
	if _, err := s.NewTrial(nil); !errors.Is(err, state.ErrUntaught) {
		t.Errorf("with nothing taught: %v, want ErrUntaught", err)
	}
	all := s.Board().Classes
	must(t, s.Rename(all[0].ID, "Level"))
	must(t, s.Rename(all[2].ID, "Upright"))
	draw(s, 0.1, 0.5, 0.9, 0.5)
	must(t, s.Teach(all[0].ID))
	draw(s, 0.5, 0.1, 0.5, 0.9)
	must(t, s.Teach(all[2].ID))
	if _, err := s.NewTrial([]state.Class{{Name: "level", Shots: []state.Shot{line(t, 0, 0, 1, 1)}}}); !errors.Is(err, state.ErrNoMatch) {
		t.Errorf("with another name: %v, want ErrNoMatch", err)
	}
	set := []state.Class{
		{Name: "Upright", Shots: []state.Shot{line(t, 0.4, 0.1, 0.5, 0.9), line(t, 0.1, 0.5, 0.9, 0.6)}},
		{Name: "Circle", Shots: []state.Shot{line(t, 0, 0, 1, 1)}},
		{Name: " Level ", Shots: []state.Shot{line(t, 0.1, 0.4, 0.9, 0.4)}},
	}
	tr, err := s.NewTrial(set)
	must(t, err)
	if len(tr.Drawings) != 3 || len(tr.Passed) != 1 || tr.Passed[0] != "Circle" || tr.Whole() {
		t.Fatalf("%d drawings, passed over %q", len(tr.Drawings), tr.Passed)
	}
	for more := true; more; {
		more, err = tr.Next()
		must(t, err)
	}
	if tr.Asked != 3 || tr.Right != 2 || tr.Accuracy != fewshot.Wilson(2, 3) || len(tr.Misfits) != 1 || tr.Misfits[0].Trial != 1 {
		t.Errorf("%d of %d right, %v, misfits %v", tr.Right, tr.Asked, tr.Accuracy, tr.Misfits)
	}
	if d := tr.Drawings[1]; d.Class != all[2].ID || d.Answer != all[0].ID || d.Confidence != 1 || d.None || d.At != [2]int{0, 1} {
		t.Errorf("the wrong one is %+v", d)
	}
	if d := tr.Drawings[2]; d.Class != all[0].ID || d.Answer != all[0].ID || d.At != [2]int{2, 0} {
		t.Errorf("the last one is %+v", d)
	}
	if more, err := tr.Next(); more || err != nil {
		t.Errorf("there is no end: %v, %v", more, err)
	}
	if s.Taught() != 2 || tr.Stale() || math.IsNaN(tr.Accuracy.Low) {
		t.Error("the trial changed what was taught")
	}
	must(t, s.Undo())
	if !tr.Stale() {
		t.Error("after Undo the trial is as good as new")
	}
}
