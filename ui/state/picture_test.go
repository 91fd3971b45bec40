package state_test

import (
	"errors"
	"image"
	"testing"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// seen is what the network sees of a straight stroke.
func seen(t *testing.T, x0, y0, x1, y1 float32) prep.Input {
	t.Helper()
	in, err := state.Input([]state.Stroke{{{X: x0, Y: y0, Pressure: 0.5}, {X: x1, Y: y1, Pressure: 0.5}}})
	must(t, err)
	return in
}

// A user pastes a picture, teaches it, pastes another, and asks.
func TestAPictureIsTaughtAndAskedAbout(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	level, upright := seen(t, 0.1, 0.5, 0.9, 0.5), seen(t, 0.5, 0.1, 0.5, 0.9)
	s.ShowPicture(&state.Picture{Input: level})
	if !s.Ink() || s.Picture() == nil {
		t.Fatal("the picture is not on the pad")
	}
	if _, err := s.Ask(); !errors.Is(err, state.ErrUntaught) {
		t.Fatalf("nothing taught: %v, want ErrUntaught", err)
	}
	must(t, s.Teach(1))
	if s.Ink() || s.Picture() != nil {
		t.Fatal("the pad keeps the picture that was taught")
	}
	c, _ := s.Class(1)
	if len(c.Shots) != 1 || len(c.Shots[0].Strokes) != 0 || l.input[c.Shots[0].ID] != level {
		t.Fatalf("class A has %d shots, want the picture as the network sees it", len(c.Shots))
	}
	s.ShowPicture(&state.Picture{Input: upright})
	must(t, s.Teach(2))
	s.ShowPicture(&state.Picture{Input: level})
	a, err := s.Ask()
	must(t, err)
	if a.Ranking[0].Class != 1 {
		t.Fatalf("the picture is answered %d, want class 1", a.Ranking[0].Class)
	}
	must(t, s.Undo()) // the query
	must(t, s.Undo()) // the lesson
	if p := s.Picture(); p == nil || p.Input != upright {
		t.Fatal("undone teaching does not bring the picture back")
	}
	must(t, s.Redo())
	if s.Taught() != 2 || s.Ink() {
		t.Fatalf("redone teaching: %d classes taught, want 2 and a blank pad", s.Taught())
	}
}

// Pictures and drawings take each other's place on the pad, and undo brings each back.
func TestPictureAndDrawingTakeTurns(t *testing.T) {
	s := state.New(newNearest())
	level := seen(t, 0.1, 0.5, 0.9, 0.5)
	draw(s, 0.2, 0.2, 0.8, 0.8)
	s.ShowPicture(&state.Picture{Input: level})
	if b := s.Board(); len(b.Pad) != 0 || b.Picture == nil {
		t.Fatalf("%d strokes beside the picture, want none", len(b.Pad))
	}
	s.BeginStroke(state.Point{X: 0.5, Y: 0.1, Pressure: 0.5})
	s.ExtendStroke(state.Point{X: 0.5, Y: 0.9, Pressure: 0.5})
	if in, err := s.Query(); err != nil || in == level || s.Picture() != nil {
		t.Fatalf("while a stroke is drawn the picture is asked about (%v)", err)
	}
	s.CancelStroke() // a palm
	if s.Picture() == nil {
		t.Fatal("a palm took the picture away")
	}
	draw(s, 0.5, 0.1, 0.5, 0.9)
	if b := s.Board(); len(b.Pad) != 1 || b.Picture != nil {
		t.Fatalf("%d strokes, picture %v, want the stroke alone", len(b.Pad), b.Picture != nil)
	}
	must(t, s.Undo())
	s.ClearPad()
	if s.Ink() {
		t.Fatal("Clear leaves the picture")
	}
	must(t, s.Undo())
	if s.Picture() == nil {
		t.Fatal("undo does not bring the cleared picture back")
	}
	must(t, s.Open(nil))
	if s.Picture() == nil {
		t.Fatal("opening a set took the picture off the pad")
	}
	must(t, s.Undo())
	must(t, s.Undo())
	if len(s.Board().Pad) != 1 || s.Picture() != nil {
		t.Fatal("undo does not bring the drawing back that the picture replaced")
	}
}

// Folders are dropped: each becomes a class, or adds to the one of its name, all in one act.
func TestAddPictures(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	must(t, s.Rename(2, "cats"))
	level, upright := seen(t, 0.1, 0.5, 0.9, 0.5), seen(t, 0.5, 0.1, 0.5, 0.9)
	got, left, err := s.AddPictures([]state.Pictures{
		{Name: " cats ", Inputs: []prep.Input{level, upright}},
		{Name: "dogs", Inputs: []prep.Input{upright}},
		{Name: "nothing"},
		{Class: 1, Inputs: []prep.Input{level}},
		{Inputs: []prep.Input{level}},
	})
	must(t, err)
	b := s.Board()
	if left != 0 || len(got) != 4 || len(b.Classes) != 5 || b.Classes[3].Name != "dogs" || b.Classes[4].Name != "Class B" {
		t.Fatalf("got %v, %d left, classes %+v; want cats, dogs, Class A and a new Class B", got, left, b.Classes)
	}
	for i, want := range []int{1, 2, 0, 1, 1} {
		if n := len(b.Classes[i].Shots); n != want {
			t.Errorf("%s has %d examples, want %d", b.Classes[i].Name, n, want)
		}
	}
	if len(l.input) != 5 {
		t.Fatalf("%d shots learned, want 5", len(l.input))
	}
	must(t, s.Undo())
	if s.Taught() != 0 || len(s.Board().Classes) != 3 || len(l.input) != 0 {
		t.Fatal("one undo does not take all the pictures back")
	}
}

// What is too much for a class is counted, and what the learner refuses changes nothing.
func TestAddPicturesBeyondTheBoard(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	level := seen(t, 0.1, 0.5, 0.9, 0.5)
	many := make([]prep.Input, state.MaxShots+20)
	for i := range many {
		many[i] = level
	}
	got, left, err := s.AddPictures([]state.Pictures{{Class: 1, Inputs: many}, {Class: 99, Inputs: many[:3]}})
	must(t, err)
	if len(got) != 1 || left != 23 {
		t.Fatalf("got %v and %d left out, want class 1 and 23", got, left)
	}
	if got, left, err := s.AddPictures([]state.Pictures{{Class: 1, Inputs: many[:2]}}); err != nil || got != nil || left != 2 {
		t.Fatalf("into a full class: %v, %d left, %v", got, left, err)
	}
	must(t, s.Undo())
	if s.CanUndo() {
		t.Fatal("what did not fit made an act")
	}
	l.refuse = errors.New("no")
	if _, _, err = s.AddPictures([]state.Pictures{{Name: "new", Inputs: many[:2]}}); err == nil {
		t.Fatal("the learner refused and there is no error")
	}
	if len(s.Board().Classes) != 3 || s.CanUndo() {
		t.Fatal("what the learner refused changed the board")
	}
}

// What is shown of a picture is the crop that the network sees, only finer.
func TestSee(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 300, 200))
	for i := range img.Pix {
		img.Pix[i] = 230
		if x, y := i%300, i/300; y > 90 && y < 110 && x > 40 && x < 200 {
			img.Pix[i] = 20
		}
	}
	p, err := state.See(img)
	must(t, err)
	want, err := prep.FromImage(img)
	must(t, err)
	if p.Input != want {
		t.Error("the network sees something else than of the picture by itself")
	}
	const part = state.InkSide / prep.Side
	for i, v := range p.Input {
		sum := 0
		for j := range part * part {
			sum += int(p.Ink[(i/prep.Side*part+j/part)*state.InkSide+i%prep.Side*part+j%part])
		}
		if mean := sum / (part * part); mean < int(v)-2 || mean > int(v)+2 {
			t.Fatalf("pixel %d: the fine ink has %d, the network sees %d", i, mean, v)
		}
	}
	if _, err := state.See(image.NewGray(image.Rect(0, 0, 50, 50))); !errors.Is(err, prep.ErrBlank) {
		t.Errorf("blank paper: %v, want ErrBlank", err)
	}
}
