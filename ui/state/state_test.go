package state_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// A new user draws one example into each of two classes, then asks.
func TestTeachTwoClassesAndAsk(t *testing.T) {
	s := state.New(newNearest())
	classes := s.Board().Classes
	if len(classes) != 3 || classes[0].Name != "Class A" || classes[2].Name != "Class C" {
		t.Fatalf("start: %+v, want empty Class A to C", classes)
	}
	if _, err := s.Ask(); !errors.Is(err, prep.ErrBlank) {
		t.Fatalf("blank pad: %v, want ErrBlank", err)
	}
	draw(s, 0.2, 0.5, 0.8, 0.5)
	if _, err := s.Ask(); !errors.Is(err, state.ErrUntaught) {
		t.Fatalf("nothing taught: %v, want ErrUntaught", err)
	}
	must(t, s.Teach(classes[0].ID))
	if s.Ink() {
		t.Fatal("the pad keeps the drawing that was taught")
	}
	draw(s, 0.5, 0.2, 0.5, 0.8)
	must(t, s.Teach(classes[1].ID))
	if s.Taught() != 2 {
		t.Fatalf("taught %d classes, want 2", s.Taught())
	}

	draw(s, 0.3, 0.4, 0.9, 0.42)
	a, err := s.Ask()
	must(t, err)
	if got := a.Ranking[0].Class; got != classes[0].ID {
		t.Fatalf("a level line is class %d, want %d", got, classes[0].ID)
	}
	c, place, ok := s.FindShot(a.Nearest)
	if !ok || c.ID != classes[0].ID || place != 0 {
		t.Fatalf("nearest shot %d is at %d of class %d, want the first of class %d", a.Nearest, place, c.ID, classes[0].ID)
	}
}

// With one way to compare there is no choice, and asking for the next changes nothing.
func TestOneHead(t *testing.T) {
	s := state.New(newNearest())
	if got := s.Head(); got != "" {
		t.Errorf("one head is offered as a choice: %q", got)
	}
	must(t, s.NextHead())
}

func TestTeachNeverLosesADrawing(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	id := s.Board().Classes[0].ID
	if err := s.Teach(id); !errors.Is(err, prep.ErrBlank) {
		t.Fatalf("teach on a blank pad: %v, want ErrBlank", err)
	}

	s.BeginStroke(state.Point{X: 0.5, Y: 0.5, Pressure: 0.5})
	s.EndStroke()
	if err := s.Teach(id); !errors.Is(err, prep.ErrSpeck) {
		t.Fatalf("teach a dot: %v, want ErrSpeck", err)
	}
	draw(s, 0.2, 0.2, 0.8, 0.8)
	l.refuse = errors.New("refused")
	if err := s.Teach(id); !errors.Is(err, l.refuse) {
		t.Fatalf("teach a learner that refuses: %v", err)
	}
	if err := s.Teach(999); !errors.Is(err, state.ErrNoClass) {
		t.Fatalf("teach a class that is not there: %v", err)
	}
	if got := len(s.Board().Pad); got != 2 {
		t.Fatalf("%d strokes on the pad after failed acts, want both", got)
	}
	l.refuse = nil
	must(t, s.Teach(id))
	if c, _ := s.Class(id); len(c.Shots) != 1 || len(c.Shots[0].Strokes) != 2 {
		t.Fatalf("taught %+v, want one shot of two strokes", c)
	}
}

// Teaching with the pen still down takes the stroke with it.
func TestTeachEndsTheStroke(t *testing.T) {
	s := state.New(newNearest())
	s.BeginStroke(state.Point{X: 0.1, Y: 0.1})
	s.ExtendStroke(state.Point{X: 0.9, Y: 0.9})
	must(t, s.Teach(s.Board().Classes[0].ID))
	if s.Drawing() || s.Ink() {
		t.Fatal("the pen is still down")
	}
}

func TestUndoTakesBackEveryAct(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	a := s.Board().Classes[0].ID
	draw(s, 0.2, 0.2, 0.8, 0.8)
	draw(s, 0.8, 0.2, 0.2, 0.8)
	must(t, s.Undo())
	if got := len(s.Board().Pad); got != 1 {
		t.Fatalf("%d strokes after undo, want 1", got)
	}
	must(t, s.Teach(a))
	must(t, s.Undo())
	if len(s.Board().Pad) != 1 || len(l.input) != 0 {
		t.Fatalf("undone teaching leaves %d strokes and %d learned shots, want 1 and 0", len(s.Board().Pad), len(l.input))
	}
	must(t, s.Redo())
	if len(s.Board().Pad) != 0 || len(l.input) != 1 {
		t.Fatalf("redone teaching leaves %d strokes and %d learned shots, want 0 and 1", len(s.Board().Pad), len(l.input))
	}

	must(t, s.Rename(a, "Giraffe"))
	must(t, s.DeleteClass(a))
	if len(s.Board().Classes) != 2 || len(l.input) != 0 {
		t.Fatal("a deleted class is still there")
	}
	must(t, s.Undo())
	c, ok := s.Class(a)
	if !ok || c.Name != "Giraffe" || len(c.Shots) != 1 || len(l.input) != 1 {
		t.Fatalf("class came back as %+v", c)
	}
	must(t, s.DeleteShot(c.Shots[0].ID))
	if len(l.input) != 0 {
		t.Fatal("a deleted shot is still learned")
	}
	for s.CanUndo() {
		must(t, s.Undo())
	}
	if b := s.Board(); len(b.Classes) != 3 || len(b.Pad) != 0 || b.Classes[0].Name != "Class A" {
		t.Fatalf("all undone: %+v", b)
	}
}

func TestUndoWhileDrawingForgetsTheStroke(t *testing.T) {
	s := state.New(newNearest())
	draw(s, 0.1, 0.1, 0.9, 0.9)
	s.BeginStroke(state.Point{X: 0.5, Y: 0.5})
	must(t, s.Undo())
	if s.Drawing() || len(s.Board().Pad) != 1 {
		t.Fatalf("drawing %v with %d strokes, want the finished stroke alone", s.Drawing(), len(s.Board().Pad))
	}
}

func TestClassesAreNamedAfresh(t *testing.T) {
	s := state.New(newNearest())
	must(t, s.DeleteClass(s.Board().Classes[1].ID))
	id, err := s.AddClass()
	must(t, err)
	if c, _ := s.Class(id); c.Name != "Class B" {
		t.Fatalf("the new class is %q, want the free name Class B", c.Name)
	}
	for len(s.Board().Classes) < state.MaxClasses {
		_, err := s.AddClass()
		must(t, err)
	}
	if c := s.Board().Classes[26]; c.Name != "Class 27" {
		t.Fatalf("the 27th class is %q", c.Name)
	}
	if _, err := s.AddClass(); !errors.Is(err, state.ErrFull) {
		t.Fatalf("one class too many: %v, want ErrFull", err)
	}
}

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"  Korean \t 3\n":        "Korean 3",
		"زرافة":                  "زرافة",
		"👩‍🔬":                    "👩‍🔬",
		"evil\u202Etxt":          "eviltxt",
		"a \x01 b\u2066 \u2069c": "a b c",
		"\x00":                   "",
		strings.Repeat("é", 100): strings.Repeat("é", state.MaxName),
		"<b>bold</b>":            "<b>bold</b>",
	} {
		if got := state.CleanName(in); got != want {
			t.Errorf("CleanName(%q) = %q, want %q", in, got, want)
		} else if again := state.CleanName(got); again != got {
			t.Errorf("cleaned once more, %q is %q", got, again)
		}
	}
}

func TestEmptyNameKeepsTheOldOne(t *testing.T) {
	s := state.New(newNearest())
	id := s.Board().Classes[0].ID
	must(t, s.Rename(id, " \n "))
	if c, _ := s.Class(id); c.Name != "Class A" || s.CanUndo() {
		t.Fatalf("renamed to %q, undo %v; want Class A and no act", c.Name, s.CanUndo())
	}
}

func TestPointsStayOnThePadAndBounded(t *testing.T) {
	s := state.New(newNearest())
	s.ExtendStroke(state.Point{X: 0.5}) // pen is up: nothing happens
	nan := float32(math.NaN())
	s.BeginStroke(state.Point{X: -3, Y: 7, Pressure: 9})
	s.ExtendStroke(state.Point{X: nan, Y: 0.5})
	s.ExtendStroke(state.Point{X: -4, Y: 8}) // the same corner again
	for i := range state.MaxPoints + 10 {
		s.ExtendStroke(state.Point{X: float32(i%2) * 0.5, Y: 0.5})
	}
	pen := s.Pen()
	if pen[0] != (state.Point{X: 0, Y: 1, Pressure: 1}) {
		t.Fatalf("first point %+v, want the corner", pen[0])
	}
	if len(pen) != state.MaxPoints {
		t.Fatalf("%d points, want %d", len(pen), state.MaxPoints)
	}
	s.CancelStroke()
	if s.Ink() || s.CanUndo() {
		t.Fatal("a cancelled stroke leaves a trace")
	}
}
