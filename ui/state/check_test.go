package state_test

import (
	"errors"
	"slices"
	"testing"

	"oneshot/ui/state"
)

// teachLines teaches level lines to the first class and upright ones to the second, at the given heights
// and sides.
func teachLines(t *testing.T, s *state.State, level, upright []float32) (a, b state.ClassID) {
	t.Helper()
	a, b = s.Board().Classes[0].ID, s.Board().Classes[1].ID
	for _, slope := range level {
		draw(s, 0.1, 0.5, 0.9, 0.5+slope)
		must(t, s.Teach(a))
	}
	for _, slope := range upright {
		draw(s, 0.5, 0.1, 0.5+slope, 0.9)
		must(t, s.Teach(b))
	}
	return a, b
}

func checkAll(t *testing.T, s *state.State) *state.Check {
	t.Helper()
	for {
		more, err := s.CheckNext()
		must(t, err)
		if !more {
			return s.Check()
		}
	}
}

// One drawing was taught to the wrong class: the check finds it, says what it is, and moving it to where
// it belongs makes all right. Undo brings it back, and the check says so again.
func TestCheckFindsTheWrongShot(t *testing.T) {
	s := state.New(newNearest())
	a, b := teachLines(t, s, []float32{0, 0.03, -0.03}, []float32{0, 0.03})
	draw(s, 0.1, 0.5, 0.9, 0.62) // nearly level
	must(t, s.Teach(b))
	c := checkAll(t, s)
	if !c.Whole() || c.Asked != 6 || c.Right != 5 || len(c.Misfits) != 1 {
		t.Fatalf("check %+v, want 5 of 6 right", c)
	}
	wrong := c.Shots[c.Misfits[0].Trial]
	if c.Classes[c.Misfits[0].As] != a {
		t.Errorf("it is taken for class %d, want %d", c.Classes[c.Misfits[0].As], a)
	}
	if holder, _, _ := s.FindShot(wrong); holder.ID != b {
		t.Errorf("the wrong shot is one of class %d, want %d", holder.ID, b)
	}
	must(t, s.MoveShot(wrong, a))
	if c := s.Check(); c.Done != 0 || c.Whole() {
		t.Errorf("after an act the old check stands: %+v", c)
	}
	if c := checkAll(t, s); c.Asked != 6 || c.Right != 6 || len(c.Misfits) != 0 {
		t.Errorf("check after the move: %+v, want all right", c)
	}
	must(t, s.Undo())
	if c := checkAll(t, s); c.Right != 5 || c.Shots[c.Misfits[0].Trial] != wrong {
		t.Errorf("check after undo: %+v, want the same wrong shot", c)
	}
}

// What is drawn on the pad changes nothing, and a check that is done is not done again.
func TestCheckStandsWhileDrawing(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	teachLines(t, s, []float32{0, 0.03}, []float32{0, 0.03})
	checkAll(t, s)
	draw(s, 0.1, 0.1, 0.9, 0.9)
	s.ClearPad()
	must(t, s.Undo())
	checkAll(t, s)
	if l.asked != 4 {
		t.Errorf("asked %d times, want once for each shot", l.asked)
	}
}

// The strictness decides how many taught shots are refused, without asking again, and has ends.
func TestStrictnessShowsItsEffect(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	teachLines(t, s, []float32{0, 0.03}, []float32{0, 0.03})
	if c := checkAll(t, s); c.Refused != 0 || c.Taken != c.Strangers || c.Strangers != 4 {
		t.Errorf("never strict: %+v, want nobody refused", c)
	}
	s.SetStrictness(99)
	if got := s.Strictness(); got != state.MaxStrictness {
		t.Errorf("strictness %d, want the end %d", got, state.MaxStrictness)
	}
	if c := s.Check(); c.Refused != 4 || c.Right != 0 || c.Taken != 0 {
		t.Errorf("strictest: %+v, want all refused", c)
	}
	s.SetStrictness(s.OwnStrictness())
	if c := s.Check(); c.Refused != 0 || c.Right != 4 {
		t.Errorf("reset: %+v, want nobody refused", c)
	}
	if l.asked != 4 {
		t.Errorf("asked %d times, want once for each shot", l.asked)
	}
	if len(s.Board().Classes[0].Shots) != 2 {
		t.Error("the strictness changed the board")
	}
}

func TestCheckOfLittle(t *testing.T) {
	s := state.New(newNearest())
	if c := checkAll(t, s); c.Whole() || len(c.Shots) != 0 {
		t.Errorf("nothing taught: %+v", c)
	}
	teachLines(t, s, []float32{0}, nil)
	if c := checkAll(t, s); c.Whole() || len(c.Shots) != 1 {
		t.Errorf("one shot: %+v", c)
	}
	teachLines(t, s, nil, []float32{0})
	if c := checkAll(t, s); !c.Whole() || c.Asked != 0 || c.Strangers != 2 {
		t.Errorf("one shot of each class: %+v, want none that can be right", c)
	}
}

func TestMoveShotRefuses(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	a, b := teachLines(t, s, []float32{0}, nil)
	id := s.Board().Classes[0].Shots[0].ID
	if err := s.MoveShot(999, b); !errors.Is(err, state.ErrNoShot) {
		t.Errorf("no such shot: %v", err)
	}
	if err := s.MoveShot(id, 999); !errors.Is(err, state.ErrNoClass) {
		t.Errorf("no such class: %v", err)
	}
	l.refuse = errors.New("refused")
	if err := s.MoveShot(id, b); !errors.Is(err, l.refuse) {
		t.Errorf("a learner that refuses: %v", err)
	}
	if c, _ := s.Class(a); len(c.Shots) != 1 || c.Shots[0].ID != id || l.classOf[id] != a {
		t.Errorf("after refusals class %d holds %+v", a, c.Shots)
	}
	l.refuse = nil
	must(t, s.MoveShot(id, a)) // where it is already
	if c, _ := s.Class(a); !slices.ContainsFunc(c.Shots, func(sh state.Shot) bool { return sh.ID == id }) {
		t.Error("moving a shot to its own class made another of it")
	}
}
