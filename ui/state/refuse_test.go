package state_test

import (
	"errors"
	"image"
	"reflect"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// What names a class or a shot that is not there, or has no room, is refused and changes nothing.
func TestActsRefuse(t *testing.T) {
	s := state.New(newNearest())
	must(t, s.Open(set(t)))
	full := make([]state.Shot, state.MaxShots)
	for i := range full {
		full[i].Input[i] = 255
	}
	must(t, s.OpenAs("a", append(set(t), state.Class{Name: "full", Shots: full})))
	classes := s.Board().Classes
	first, last := classes[0].ID, classes[2].ID
	shot := classes[0].Shots[0].ID
	draw(s, 0.1, 0.5, 0.9, 0.5)
	before := s.Board()
	for name, c := range map[string]struct {
		err  error
		want error
	}{
		"teach":             {s.Teach(99), state.ErrNoClass},
		"teach a full one":  {s.Teach(last), state.ErrFull},
		"rename":            {s.Rename(99, "x"), state.ErrNoClass},
		"delete":            {s.DeleteClass(99), state.ErrNoClass},
		"delete a shot":     {s.DeleteShot(9999), state.ErrNoShot},
		"move a shot":       {s.MoveShot(9999, first), state.ErrNoShot},
		"move to no class":  {s.MoveShot(shot, 99), state.ErrNoClass},
		"move to a full":    {s.MoveShot(shot, last), state.ErrFull},
		"open a bad colour": {s.Open([]state.Class{{Colour: state.Colours + 1}}), state.ErrColour},
		"restore too much":  {s.Restore("b", make([]state.Class, state.MaxClasses+1)), state.ErrFull},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v, want %v", name, c.err, c.want)
		}
	}
	if _, ok := s.Class(99); ok {
		t.Error("there is a class 99")
	}
	if !reflect.DeepEqual(s.Board(), before) {
		t.Error("what was refused changed the board")
	}
	for range state.MaxClasses - len(classes) {
		_, err := s.AddClass()
		must(t, err)
	}
	if _, err := s.AddClass(); !errors.Is(err, state.ErrFull) {
		t.Errorf("a class too many: %v, want ErrFull", err)
	}
}

// A learner that refuses a shot leaves the board and what it knew as they were, whichever act it was asked by.
func TestLearnerRefuses(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	must(t, s.Open(set(t)))
	must(t, s.Undo())
	l.refuse, l.takes = errors.New("no"), 1 // the second of two
	before := s.Board()
	if err := s.Redo(); !errors.Is(err, l.refuse) || !s.CanRedo() {
		t.Errorf("Redo: %v, want %v", err, l.refuse)
	}
	if !reflect.DeepEqual(s.Board(), before) || len(l.input) != 0 {
		t.Errorf("%d shots are learned", len(l.input))
	}
	l.refuse = nil
	must(t, s.Redo())
	must(t, s.DeleteShot(s.Board().Classes[0].Shots[0].ID))
	l.refuse = errors.New("no")
	if err := s.Undo(); !errors.Is(err, l.refuse) || len(l.input) != 1 {
		t.Errorf("Undo: %v with %d shots learned, want %v with 1", err, len(l.input), l.refuse)
	}
}

// A shot that the learner has lost is an error, never an answer.
func TestLearnerHasLostAShot(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	must(t, s.Open(set(t)))
	must(t, l.Forget(s.Board().Classes[0].Shots[0].ID))
	if more, err := s.CheckNext(); err == nil || more {
		t.Errorf("checked: more %v, error %v", more, err)
	}
	if e, err := s.Episodes(fewshot.Protocol{Way: 2, Shot: 0, Episodes: 1}); err == nil {
		t.Errorf("episodes %v", e)
	}
}

// What was there when the page was left comes back without anything to undo.
func TestRestore(t *testing.T) {
	s := state.New(newNearest())
	draw(s, 0.1, 0.5, 0.9, 0.5)
	must(t, s.Teach(1))
	must(t, s.Restore("b", set(t)))
	if b := s.Board(); s.CanUndo() || s.CanRedo() || b.Set != "b" || len(b.Classes) != 2 || s.Taught() != 2 {
		t.Errorf("restored %+v, with something to undo: %v", b, s.CanUndo())
	}
}

// A set that gets another name has had it from the beginning; other sets have not.
func TestRehome(t *testing.T) {
	s := state.New(newNearest())
	must(t, s.OpenAs("a", set(t)))
	must(t, s.OpenAs("b", set(t)))
	must(t, s.Rename(s.Board().Classes[0].ID, "x"))
	s.Rehome("c")
	if got := s.Board().Set; got != "c" {
		t.Errorf("set %q, want c", got)
	}
	must(t, s.Undo())
	if got := s.Board().Set; got != "c" {
		t.Errorf("before the act: set %q, want c", got)
	}
	must(t, s.Undo())
	if got := s.Board().Set; got != "a" {
		t.Errorf("before it was opened: set %q, want a", got)
	}
}

// A new set has three classes to fill, named in the language of the user.
func TestBlank(t *testing.T) {
	s := state.New(newNearest())
	s.CallClasses("Klasse")
	s.CallClasses("Klasse")
	for noun, set := range map[string][]state.Class{"Class": state.Blank(), "Klasse": s.Blank()} {
		if len(set) != 3 || set[0].Name != noun+" A" || set[2].Name != noun+" C" || set[0].ID != 0 || set[0].Shots != nil {
			t.Errorf("blank %+v, want %s A to C", set, noun)
		}
	}
}

// A picture that is too large, or holds a speck of ink, is refused.
func TestSeeRefuses(t *testing.T) {
	speck := image.NewGray(image.Rect(0, 0, 105, 105))
	speck.Pix[50*105+50] = 255
	for want, img := range map[error]image.Image{prep.ErrSize: image.NewGray(image.Rect(0, 0, prep.MaxImageSide+1, 1)), prep.ErrSpeck: speck} {
		if p, err := state.See(img); p != nil || !errors.Is(err, want) {
			t.Errorf("%v, %v; want %v", p, err, want)
		}
	}
}
