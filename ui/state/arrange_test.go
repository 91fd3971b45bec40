package state_test

import (
	"errors"
	"strings"
	"testing"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

func colours(s *state.State) []int {
	var all []int
	for _, c := range s.Board().Classes {
		all = append(all, c.Colour)
	}
	return all
}

// A class keeps its colour while others come and go, and a new one takes a colour that is free.
func TestColoursStay(t *testing.T) {
	s := state.New(newNearest())
	must(t, s.DeleteClass(s.Board().Classes[0].ID))
	if got := colours(s); got[0] != 2 || got[1] != 3 {
		t.Fatalf("colours %v after the first class went, want 2 and 3", got)
	}
	id, err := s.AddClass()
	must(t, err)
	if c, _ := s.Class(id); c.Colour != 1 {
		t.Errorf("a new class has colour %d, want the free 1", c.Colour)
	}
	must(t, s.RecolourClass(id, 3))
	must(t, s.RecolourClass(id, 3)) // no act
	must(t, s.Undo())
	if c, _ := s.Class(id); c.Colour != 1 {
		t.Errorf("colour %d after Undo, want 1", c.Colour)
	}
	if err := s.RecolourClass(id, 9); !errors.Is(err, state.ErrColour) || !strings.Contains(err.Error(), "9, want 1 to 8") {
		t.Errorf("colour 9: %v", err)
	}
	if err := s.RecolourClass(999, 1); !errors.Is(err, state.ErrNoClass) {
		t.Errorf("no such class: %v", err)
	}
	if err := s.Open([]state.Class{{Name: "a", Colour: 9}}); !errors.Is(err, state.ErrColour) {
		t.Errorf("open a set with colour 9: %v", err)
	}
	must(t, s.Open([]state.Class{{Name: "a", Colour: 2}, {Name: "b"}, {Name: "c", Colour: 2}}))
	if got := colours(s); got[0] != 2 || got[1] != 1 || got[2] != 2 {
		t.Errorf("opened with colours %v, want 2, 1 and 2", got)
	}
}

// Moving a class changes no answer, and the check stands in the new order.
func TestMoveClass(t *testing.T) {
	s := state.New(newNearest())
	a, b := teachLines(t, s, []float32{0, 0.03}, []float32{0, 0.03})
	checkAll(t, s)
	must(t, s.MoveClass(a, 1))
	if c := checkAll(t, s); c.Classes[0] != b || c.Classes[1] != a || c.Right != 4 {
		t.Errorf("check %+v, want class %d first and all right", c, b)
	}
	must(t, s.Undo())
	if c := checkAll(t, s); c.Classes[0] != a {
		t.Errorf("after Undo class %d is first in the check, want %d", c.Classes[0], a)
	}
	if err := s.MoveClass(999, 0); !errors.Is(err, state.ErrNoClass) {
		t.Errorf("no such class: %v", err)
	}
}

// A copy is a class of its own: what happens to it leaves the first as it was.
func TestDuplicateClass(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	a, _ := teachLines(t, s, []float32{0, 0.03}, nil)
	id, err := s.DuplicateClass(a)
	must(t, err)
	c, _ := s.Class(id)
	if c.Name != "Class A 2" || c.Colour != 4 || len(c.Shots) != 2 || s.Board().Classes[1].ID != id {
		t.Fatalf("the copy is %+v", c)
	}
	must(t, s.DeleteShot(c.Shots[0].ID))
	if c, _ := s.Class(a); len(c.Shots) != 2 || len(l.input) != 3 {
		t.Errorf("the first class has %d shots, and %d are learned; want 2 and 3", len(c.Shots), len(l.input))
	}
	must(t, s.Rename(a, strings.Repeat("é", state.MaxName)))
	id, err = s.DuplicateClass(a)
	must(t, err)
	if c, _ := s.Class(id); c.Name != strings.Repeat("é", state.MaxName-2)+" 2" {
		t.Errorf("the copy of a long name is %q", c.Name)
	}
	if _, err := s.DuplicateClass(999); !errors.Is(err, state.ErrNoClass) {
		t.Errorf("no such class: %v", err)
	}
	for len(s.Board().Classes) < state.MaxClasses {
		_, err := s.AddClass()
		must(t, err)
	}
	if _, err := s.DuplicateClass(a); !errors.Is(err, state.ErrFull) {
		t.Errorf("one class too many: %v", err)
	}
}

func TestAskWithout(t *testing.T) {
	s := state.New(newNearest())
	a, b := teachLines(t, s, []float32{0}, nil)
	id := s.Board().Classes[0].Shots[0].ID
	if _, err := s.AskWithout(id); !errors.Is(err, state.ErrUntaught) {
		t.Errorf("the only shot: %v, want ErrUntaught", err)
	}
	teachLines(t, s, []float32{0.03}, []float32{0})
	answer, err := s.AskWithout(id)
	must(t, err)
	if answer.Ranking[0].Class != a || answer.Nearest == id {
		t.Errorf("it would be taken for %+v, want class %d by another shot", answer, a)
	}
	upright, _ := s.Class(b)
	if answer, err = s.AskWithout(upright.Shots[0].ID); err != nil || len(answer.Ranking) != 1 || answer.Ranking[0].Class != a {
		t.Errorf("the only shot of its class: %+v, %v", answer, err)
	}
	if _, err := s.AskWithout(999); !errors.Is(err, state.ErrNoShot) {
		t.Errorf("no such shot: %v", err)
	}
	if _, err := s.Query(); !errors.Is(err, prep.ErrBlank) {
		t.Errorf("asking left something on the pad: %v", err)
	}
}
