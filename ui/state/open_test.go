package state_test

import (
	"errors"
	"testing"

	"oneshot/ui/state"
)

// set is two classes with a line each, as from a file: without ids.
func set(t *testing.T) []state.Class {
	t.Helper()
	s := state.New(newNearest())
	draw(s, 0.1, 0.5, 0.9, 0.5)
	must(t, s.Teach(1))
	draw(s, 0.5, 0.1, 0.5, 0.9)
	must(t, s.Teach(2))
	out := s.Board().Classes[:2]
	for i := range out {
		out[i].ID, out[i].Shots[0].ID = 0, 0
	}
	out[0].Name, out[1].Name = "level", "\x00"
	return out
}

func TestOpenIsOneAct(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	draw(s, 0.2, 0.2, 0.8, 0.8)
	must(t, s.Teach(3))
	draw(s, 0.2, 0.45, 0.8, 0.5)
	must(t, s.Open(set(t)))
	b := s.Board()
	if len(b.Classes) != 2 || b.Classes[0].Name != "level" || b.Classes[1].Name != "Class A" || len(b.Pad) != 1 {
		t.Fatalf("opened %+v", b)
	}
	a, err := s.Ask()
	must(t, err)
	if a.Ranking[0].Class != b.Classes[0].ID || len(l.input) != 2 {
		t.Errorf("answer %+v with %d shots learned", a, len(l.input))
	}
	must(t, s.Undo())
	if b := s.Board(); len(b.Classes) != 3 || len(b.Classes[2].Shots) != 1 || len(l.input) != 1 {
		t.Errorf("after Undo %+v, %d shots learned", b, len(l.input))
	}
	must(t, s.Redo())
	if len(s.Board().Classes) != 2 || len(l.input) != 2 {
		t.Error("Redo does not open again")
	}
	// What was opened can be taught on, and the set that was handed over is not touched.
	draw(s, 0.2, 0.2, 0.8, 0.8)
	must(t, s.Teach(s.Board().Classes[0].ID))
	if c := s.Board().Classes[0]; len(c.Shots) != 2 || c.Shots[0].ID == c.Shots[1].ID {
		t.Errorf("class %+v", c)
	}
}

func TestOpenRefusesWhole(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	draw(s, 0.2, 0.2, 0.8, 0.8)
	must(t, s.Teach(1))
	refused := errors.New("no")
	for want, in := range map[error][]state.Class{
		state.ErrFull: make([]state.Class, state.MaxClasses+1),
		refused:       set(t),
	} {
		l.refuse = want
		if err := s.Open(in); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	if err := s.Open([]state.Class{{Shots: make([]state.Shot, state.MaxShots+1)}}); !errors.Is(err, state.ErrFull) {
		t.Errorf("%v, want ErrFull", err)
	}
	if len(s.Board().Classes) != 3 || s.Taught() != 1 || len(l.input) != 1 {
		t.Errorf("a refused set changed the board: %+v", s.Board())
	}
}
